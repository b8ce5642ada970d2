package io.heliograph.agent.action;

import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.internal.dispatch.ShutdownTerms;
import io.heliograph.internal.dispatch.SignalRuntime;
import io.heliograph.internal.jni.NativeCall;
import io.heliograph.internal.jni.NativeShutdown;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The ends in order that signals request. Native code ends the process at the deadline or at a second request, even if
 * the JVM hangs.
 *
 * <p>The threads start with the first registration and end with the last.
 */
public final class Shutdown {
    private static @Nullable ShutdownThreads threads;
    private static int open;
    private static final Map<Signal, ShutdownTerms> TERMS = new ConcurrentHashMap<>();

    private Shutdown() {}

    /**
     * Registers a signal. Any thread may call it; it does not block.
     *
     * @throws IllegalArgumentException if the signal can't be caught
     * @throws io.heliograph.SignalException if the system refuses the disposition or a thread
     */
    static synchronized Registration register(Signal signal, ShutdownTerms terms) {
        SignalRuntime runtime = SignalRuntime.get();
        start();
        try {
            Registration registration = runtime.shutdown(signal, terms);
            TERMS.put(signal, terms);
            open++;
            return new Bound(registration, terms);
        } finally {
            stopIfUnused();
        }
    }

    /** The terms of the last registration of this signal; null if there was none. */
    static @Nullable ShutdownTerms terms(Signal signal) {
        return TERMS.get(signal);
    }

    /** Ends the hold: the actions before the end are done. */
    static void release(Signal signal) {
        if (isHeldBy(signal)) {
            NativeShutdown.release();
        }
    }

    /** Whether an end that this signal has requested is held. */
    public static boolean isHeldBy(Signal signal) {
        return NativeShutdown.isHeld() != 0 && NativeShutdown.requestedBy() == signal.number();
    }

    /** Prints, once, that an app's handler is set aside. Any thread may call it. */
    public static void tellOfAppHandlers() {
        for (Map.Entry<Signal, ShutdownTerms> bound : TERMS.entrySet()) {
            if (!bound.getValue().isLeftToApp() && NativeShutdown.requestedBy() == 0) {
                AppHandler.tellOfOneSetAside(bound.getKey());
            }
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
        // A shutdown that has begun cannot be cancelled: the deadline and the second request stay in force.
        if (bound.isClosed || NativeShutdown.requestedBy() != 0) {
            return;
        }
        bound.isClosed = true;
        bound.registration.close();
        TERMS.remove(bound.signal(), bound.terms);
        open--;
        stopIfUnused();
    }

    private static final class Bound implements Registration {
        private final Registration registration;
        private final ShutdownTerms terms;
        private boolean isClosed;

        Bound(Registration registration, ShutdownTerms terms) {
            this.registration = registration;
            this.terms = terms;
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
