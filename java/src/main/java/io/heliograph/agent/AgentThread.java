package io.heliograph.agent;

import io.heliograph.Delivery;
import io.heliograph.Signal;
import io.heliograph.agent.log.Throttle;
import io.heliograph.agent.log.TimedTasks;
import io.heliograph.agent.option.Action;
import io.heliograph.internal.text.Uncaught;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one thread of all actions. It starts with the agent, for the process may have no thread left when a signal
 * arrives.
 */
final class AgentThread implements Executor, Throttle.Timer, Runnable {
    /**
     * More than there are signals with actions. Each has at most one task, so the queue never grows, which needs
     * memory.
     */
    private static final int ROOM = 256;

    private final Thread thread;
    private final Delivery delivery = Delivery.on(this);
    /** Under its own lock. */
    private final Queue<Runnable> tasks = new ArrayDeque<>(ROOM);

    /** Under the same lock, as the next one. */
    private final TimedTasks timed = new TimedTasks();

    private boolean ended;

    AgentThread(String name) {
        thread = new Thread(this, name);
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        thread.start();
    }

    /** The delivery that runs workers on this thread. */
    Delivery delivery() {
        return delivery;
    }

    void rehearse(Signal signal, Action action) {
        execute(new Rehearsal(signal, action));
    }

    private record Rehearsal(Signal signal, Action action) implements Runnable {
        @Override
        public void run() {
            try {
                action.rehearse(signal);
            } catch (Throwable toldWhenItIsNeeded) {
                // The action itself will fail and say so.
            }
        }
    }

    @Override
    public void execute(Runnable task) {
        synchronized (tasks) {
            if (ended) {
                throw new RejectedExecutionException("the agent is gone");
            }
            tasks.add(task);
            tasks.notifyAll();
        }
    }

    @Override
    public void at(long time, Runnable task) {
        synchronized (tasks) {
            if (ended) {
                return; // a task that puts itself off would run for ever
            }
            timed.add(time, task);
            tasks.notifyAll();
        }
    }

    /** The thread's body: runs one task at a time, until it is ended and has run all of them. */
    @Override
    public void run() {
        for (Runnable task = next(); task != null; task = next()) {
            try {
                task.run();
            } catch (Throwable failure) {
                Uncaught.report(failure);
            }
            Thread.interrupted(); // an interrupt that a task leaves must not reach the next one
        }
    }

    private @Nullable Runnable next() {
        synchronized (tasks) {
            for (; ; ) {
                Runnable task = poll();
                if (task != null || ended) {
                    return task;
                }
                try {
                    long nanos = timed.nanosToFirst(System.nanoTime());
                    if (nanos == 0) {
                        tasks.wait();
                    } else {
                        TimeUnit.NANOSECONDS.timedWait(tasks, nanos);
                    }
                } catch (InterruptedException nobodys) {
                    // An interrupt concerns an action, and none is running.
                }
            }
        }
    }

    /**
     * Timed tasks go first, or a flood of others would delay them. After the end they run without waiting for their
     * time.
     */
    private @Nullable Runnable poll() {
        Runnable due = timed.takeDue(System.nanoTime());
        if (due != null) {
            return due;
        }
        Runnable task = tasks.poll();
        return task == null && ended ? timed.takeAny() : task;
    }

    /** Whether {@link #end} has been called. */
    boolean hasEnded() {
        synchronized (tasks) {
            return ended;
        }
    }

    /** Ends the thread after its tasks. Returns false if the time was over before. It accepts no task any more. */
    boolean end(long nanos) throws InterruptedException {
        synchronized (tasks) {
            ended = true;
            tasks.notifyAll();
        }
        TimeUnit.NANOSECONDS.timedJoin(thread, nanos);
        return !thread.isAlive();
    }
}
