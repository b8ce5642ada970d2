package io.heliograph.agent;

import io.heliograph.Delivery;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one thread of all actions, started with the agent, since when a signal comes the process may have none left. */
final class AgentThread {
    private final ThreadPoolExecutor executor =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                Thread thread = new Thread(task, "heliograph-agent");
                thread.setDaemon(true);
                thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
                return thread;
            });
    private final Delivery delivery = Delivery.on(executor);

    AgentThread() {
        executor.prestartAllCoreThreads();
    }

    /** Workers that are given to it run on this thread, behind the rehearsals that were asked for before. */
    Delivery delivery() {
        return delivery;
    }

    void rehearse(Action action) {
        executor.execute(() -> {
            try {
                action.rehearse();
            } catch (Throwable toldWhenItIsNeeded) {
                // The action will say it itself; until then there is nothing that anybody asked for.
            }
        });
    }

    /** Ends the thread when it has done what it was given; whether it has in time. Nothing may be given to it any more. */
    boolean end(long nanos) throws InterruptedException {
        executor.shutdown();
        return executor.awaitTermination(nanos, TimeUnit.NANOSECONDS);
    }
}
