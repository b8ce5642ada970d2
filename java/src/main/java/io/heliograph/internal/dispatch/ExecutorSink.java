package io.heliograph.internal.dispatch;

import io.heliograph.SignalEvent;
import io.heliograph.SignalWorker;
import io.heliograph.internal.text.Uncaught;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs the worker on an executor's threads, one task at a time. A task empties the mailbox. */
final class ExecutorSink implements EventSink, Runnable {
    private final Mailbox mailbox = new Mailbox();
    private final AtomicInteger due = new AtomicInteger();
    private final SignalWorker worker;
    private final Executor executor;

    ExecutorSink(Executor executor, SignalWorker worker) {
        this.executor = executor;
        this.worker = worker;
    }

    @Override
    public boolean offer(SignalEvent event) {
        boolean accepted = mailbox.offer(event);
        schedule();
        return accepted;
    }

    @Override
    public void lose(SignalEvent.Lost lost) {
        mailbox.lose(lost);
        schedule();
    }

    /** If the executor rejects the task, the events stay in the mailbox for the next event's task. */
    private void schedule() {
        if (due.getAndIncrement() > 0) {
            return;
        }
        try {
            executor.execute(this);
        } catch (Throwable rejected) {
            due.set(0);
            Uncaught.report(rejected);
        }
    }

    /** The executor's task. */
    @Override
    public void run() {
        int seen;
        do {
            seen = due.get();
            for (SignalEvent event = mailbox.poll(); event != null; event = mailbox.poll()) {
                WorkerCall.run(worker, event);
            }
        } while (!due.compareAndSet(seen, 0));
    }

    @Override
    public void end() {
        mailbox.end();
    }

    @Override
    public void awaitHandled(long deadline) throws InterruptedException {
        mailbox.awaitHandled(deadline);
    }
}
