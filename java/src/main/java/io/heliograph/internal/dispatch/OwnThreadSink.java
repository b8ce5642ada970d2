package io.heliograph.internal.dispatch;

import io.heliograph.SignalEvent;
import io.heliograph.SignalWorker;
import io.heliograph.internal.text.Uncaught;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs the worker on a daemon thread of its own. The thread starts with the registration, so that none must start when
 * a signal arrives.
 */
final class OwnThreadSink implements EventSink {
    private static final AtomicLong COUNT = new AtomicLong();

    private final Mailbox mailbox = new Mailbox();
    private final SignalWorker worker;

    OwnThreadSink(String signalName, SignalWorker worker) {
        this.worker = worker;
        Thread thread = new Thread(this::work, "heliograph-" + signalName + "-" + COUNT.incrementAndGet());
        thread.setDaemon(true);
        thread.start();
    }

    private void work() {
        boolean more = true;
        while (more) {
            try {
                more = handleNext();
            } catch (Throwable failure) {
                Uncaught.report(failure); // most likely no memory; there may be some for the next event
            }
        }
    }

    private boolean handleNext() {
        SignalEvent event = mailbox.take();
        if (event != null) {
            WorkerCall.runOnOurThread(worker, event);
        }
        return event != null;
    }

    @Override
    public boolean offer(SignalEvent event) {
        return mailbox.offer(event);
    }

    @Override
    public void lose(SignalEvent.Lost lost) {
        mailbox.lose(lost);
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
