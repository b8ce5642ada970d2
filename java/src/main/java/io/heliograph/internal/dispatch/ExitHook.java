package io.heliograph.internal.dispatch;

import io.heliograph.internal.proc.OwnHook;
import io.heliograph.internal.text.StandardError;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A shutdown hook that lets observers handle the signal that ends the JVM.
 *
 * <p>The handler chains an observed TERM, so the JVM begins to exit while the event is on its way. The hook delays the
 * exit until the observers have handled it, for a second at most.
 */
final class ExitHook implements Runnable {
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Registry registry;
    private final DrainBarrier barrier;
    private final Thread dispatcher;
    private final OwnHook hook = new OwnHook("heliograph-drain", this);

    ExitHook(Registry registry, DrainBarrier barrier, Thread dispatcher) {
        this.registry = registry;
        this.barrier = barrier;
        this.dispatcher = dispatcher;
    }

    void add() {
        hook.add(); // if the JVM exits already, there is nothing left to delay
    }

    void remove() {
        hook.remove(); // if it runs, it does nothing without observers
    }

    /** The hook's body. */
    @Override
    public void run() {
        if (isExiting(dispatcher)) {
            return;
        }
        try {
            if (!await(barrier, registry::observers, MOST_NANOS)) {
                StandardError.println("the exit goes on: workers have not handled their signals within a second");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits until the observers have handled all arrivals up to now.
     *
     * @return false if the time was over before
     */
    static boolean await(DrainBarrier barrier, Supplier<List<OpenRegistration.WithWorker>> observers, long mostNanos)
            throws InterruptedException {
        if (observers.get().isEmpty()) {
            return true;
        }
        long deadline = System.nanoTime() + mostNanos;
        boolean areDone = barrier.await(mostNanos);
        if (areDone) {
            for (OpenRegistration.WithWorker observer : observers.get()) {
                observer.sink().awaitHandled(deadline);
            }
        }
        return areDone && System.nanoTime() - deadline < 0;
    }

    /** An inline worker that called System.exit() waits for this hook, so the hook must not wait for it. */
    private static boolean isExiting(Thread dispatcher) {
        for (StackTraceElement frame : dispatcher.getStackTrace()) {
            if (frame.getClassName().equals("java.lang.Shutdown")) {
                return true;
            }
        }
        return false;
    }
}
