package io.heliograph.internal.dispatch;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets observers see the signal that ends the JVM.
 *
 * <p>An observed TERM is chained in the handler, so the JVM begins to exit while the event is on its way. A shutdown hook
 * holds the exit up until it has been handled, for a second at most.
 */
final class Drain {
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private Drain() {}

    /** Adds the hook; the answer takes it away again. */
    static Runnable beforeExit(Registry registry, Fences fences, Thread dispatcher) {
        Thread hook = new Thread(() -> drain(registry, fences, dispatcher), "heliograph-drain");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException exiting) {
            // The first registration is made while the JVM exits: there is nothing to hold up any more.
        }
        return () -> {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException exiting) {
                // It runs, or has run: without observers it does nothing.
            }
        };
    }

    private static void drain(Registry registry, Fences fences, Thread dispatcher) {
        if (isExiting(dispatcher)) {
            return;
        }
        try {
            await(fences, registry::observers, MOST_NANOS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until observers have handled all that has arrived up to now, or the time is over. */
    static void await(Fences fences, Supplier<List<Claim.OfWorker>> observers, long mostNanos)
            throws InterruptedException {
        if (observers.get().isEmpty()) {
            return;
        }
        long deadline = System.nanoTime() + mostNanos;
        CountDownLatch dispatched = new CountDownLatch(1);
        fences.ask(dispatched::countDown);
        if (dispatched.await(mostNanos, TimeUnit.NANOSECONDS)) {
            for (Claim.OfWorker observer : observers.get()) {
                observer.post().awaitHandled(deadline);
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
