package io.heliograph.internal.dispatch;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets observers see the signal that ends the JVM.
 *
 * <p>An observed TERM is chained in the handler, so the JVM begins to exit while the event is on its way. A shutdown hook
 * holds the exit up until it has been handled, for a second at most.
 */
final class ExitHook implements Runnable {
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Registry registry;
    private final DrainBarrier barrier;
    private final Thread dispatcher;
    private final Thread hook = new Thread(this, "heliograph-drain");

    ExitHook(Registry registry, DrainBarrier barrier, Thread dispatcher) {
        this.registry = registry;
        this.barrier = barrier;
        this.dispatcher = dispatcher;
    }

    void add() {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException exiting) {
            // The first registration is made while the JVM exits: there is nothing to hold up any more.
        }
    }

    void remove() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException exiting) {
            // It runs, or has run: without observers it does nothing.
        }
    }

    /** The hook's. */
    @Override
    public void run() {
        if (isExiting(dispatcher)) {
            return;
        }
        try {
            await(barrier, registry::observers, MOST_NANOS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until observers have handled all that has arrived up to now, or the time is over. */
    static void await(DrainBarrier barrier, Supplier<List<OpenRegistration.WithWorker>> observers, long mostNanos)
            throws InterruptedException {
        if (observers.get().isEmpty()) {
            return;
        }
        long deadline = System.nanoTime() + mostNanos;
        if (barrier.await(mostNanos)) {
            for (OpenRegistration.WithWorker observer : observers.get()) {
                observer.sink().awaitHandled(deadline);
            }
        }
    }

    /** An inline worker that called System.exit() waits for this hook: it must not be waited for. */
    private static boolean isExiting(Thread dispatcher) {
        for (StackTraceElement frame : dispatcher.getStackTrace()) {
            if (frame.getClassName().equals("java.lang.Shutdown")) {
                return true;
            }
        }
        return false;
    }
}
