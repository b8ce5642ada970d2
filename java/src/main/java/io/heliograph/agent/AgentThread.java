package io.heliograph.agent;

import io.heliograph.Delivery;
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
 * The one thread of all actions, started with the agent, since when a signal comes the process may have none left.
 *
 * <p>Not the JDK's own executor: its classes are not in the JDK's archive of loaded classes, and the agent's start pays for
 * each.
 */
final class AgentThread implements Executor, Throttle.Timer, Runnable {
    /** More than there are bindings, each of which has one task due at most: it does not grow when there is no memory. */
    private static final int ROOM = 256;

    private final Thread thread = new Thread(this, "heliograph-agent");
    private final Delivery delivery = Delivery.on(this);
    /** Under its own lock, as the one behind it. */
    private final Queue<Runnable> tasks = new ArrayDeque<>(ROOM);

    /** Under the same lock, as the one behind it. */
    private final TimedTasks timed = new TimedTasks();

    private boolean ended;

    AgentThread() {
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        thread.start();
    }

    /** Workers that are given to it run on this thread. */
    Delivery delivery() {
        return delivery;
    }

    void rehearse(Action action) {
        execute(() -> {
            try {
                action.rehearse();
            } catch (Throwable toldWhenItIsNeeded) {
                // The action will say it itself; until then there is nothing that anybody asked for.
            }
        });
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
            timed.add(time, task);
            tasks.notifyAll();
        }
    }

    /** The thread's: a task at a time, until it is to end and has done all that it was given. */
    @Override
    public void run() {
        for (Runnable task = next(); task != null; task = next()) {
            try {
                task.run();
            } catch (Throwable failure) {
                Uncaught.report(failure);
            }
            Thread.interrupted(); // what a task leaves behind must not reach the next
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
                    // An interrupt is for an action, and none is at work.
                }
            }
        }
    }

    /** What is due at a time goes first, or a flood of tasks would hold it up. At the end, no time is waited for. */
    private @Nullable Runnable poll() {
        Runnable due = timed.takeDue(System.nanoTime());
        if (due != null) {
            return due;
        }
        Runnable task = tasks.poll();
        return task == null && ended ? timed.takeAny() : task;
    }

    /** Ends the thread when it has done what it was given; whether it has in time. Nothing may be given to it any more. */
    boolean end(long nanos) throws InterruptedException {
        synchronized (tasks) {
            ended = true;
            tasks.notifyAll();
        }
        TimeUnit.NANOSECONDS.timedJoin(thread, nanos);
        return !thread.isAlive();
    }
}
