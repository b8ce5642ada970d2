package io.heliograph.agent.action;

import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.internal.dispatch.ShutdownTerms;
import io.heliograph.internal.dispatch.SignalRuntime;
import io.heliograph.internal.jni.NativeCall;
import io.heliograph.internal.jni.NativeShutdown;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The action {@code shutdown}: the signal begins the JVM's orderly exit. Native code ends the process at the deadline
 * or at a second signal, even if the JVM hangs.
 *
 * <p>Its threads start with the first registration and end with the last.
 */
final class Shutdown {
    private static @Nullable ShutdownThreads threads;
    private static int open;

    private Shutdown() {}

    /**
     * Registers a signal. Any thread may call it; it does not block.
     *
     * @param deadline the time from the arrival to the end; empty for no deadline, and then only a second signal cuts
     *     the exit short
     * @param dieBySignal whether the process dies by the signal, instead of exiting with status 128 + its number
     * @throws IllegalArgumentException if the signal can't be caught
     * @throws io.heliograph.SignalException if the system refuses the disposition or a thread
     */
    static synchronized Registration register(Signal signal, Optional<Duration> deadline, boolean dieBySignal) {
        SignalRuntime runtime = SignalRuntime.get();
        start();
        try {
            long within = deadline.isPresent() ? nanos(deadline.get()) : 0;
            Registration registration =
                    runtime.shutdown(signal, new ShutdownTerms(within, 0, dieBySignal, -1, false, false));
            open++;
            return new Bound(registration);
        } finally {
            stopIfUnused();
        }
    }

    /** At least 1, for 0 means no deadline. */
    private static long nanos(Duration deadline) {
        try {
            return Math.max(1, deadline.toNanos());
        } catch (ArithmeticException centuries) {
            return Long.MAX_VALUE;
        }
    }

    private static void start() {
        if (threads != null) {
            return;
        }
        NativeCall.check(NativeShutdown.open(), "pthread_create(the deadline's)");
        try {
            threads = ShutdownThreads.start();
        } catch (Throwable failure) {
            NativeShutdown.close();
            throw failure;
        }
    }

    private static void stopIfUnused() {
        ShutdownThreads running = threads;
        if (open == 0 && running != null && NativeShutdown.close() == 0) {
            running.join();
            threads = null;
        }
    }

    private static synchronized void close(Bound bound) {
        // A shutdown that has begun cannot be cancelled: the deadline and the second signal stay in force.
        if (bound.isClosed || NativeShutdown.begunBy() != 0) {
            return;
        }
        bound.isClosed = true;
        bound.registration.close();
        open--;
        stopIfUnused();
    }

    private static final class Bound implements Registration {
        private final Registration registration;
        private boolean isClosed;

        Bound(Registration registration) {
            this.registration = registration;
        }

        @Override
        public Signal signal() {
            return registration.signal();
        }

        @Override
        public void close() {
            Shutdown.close(this);
        }
    }
}
