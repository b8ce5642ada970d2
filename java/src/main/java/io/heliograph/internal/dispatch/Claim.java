package io.heliograph.internal.dispatch;

import io.heliograph.Registration;
import io.heliograph.Signal;

/** One open registration of a signal, in the registry. */
abstract class Claim implements Registration {
    /** What the registration asks for. */
    enum Kind {
        CATCH,
        OBSERVE,
        IGNORE,
        DEFAULT
    }

    private final Registry registry;
    private final Signal signal;
    private final Kind kind;

    Claim(Registry registry, Signal signal, Kind kind) {
        this.registry = registry;
        this.signal = signal;
        this.kind = kind;
    }

    @Override
    public final Signal signal() {
        return signal;
    }

    final Kind kind() {
        return kind;
    }

    @Override
    public final void close() {
        registry.close(this);
    }

    /** IGNORE or DEFAULT: the kernel acts, and no worker is told. */
    static final class Ready extends Claim {
        Ready(Registry registry, Signal signal, Kind kind) {
            super(registry, signal, kind);
        }
    }

    /** CATCH or OBSERVE: a worker is told. */
    static final class OfWorker extends Claim {
        private final Post post;
        private volatile Hearing hearing = new Hearing(System.nanoTime(), 0, true);
        private volatile boolean closed;

        OfWorker(Registry registry, Signal signal, Kind kind, Post post) {
            super(registry, signal, kind);
            this.post = post;
        }

        Post post() {
            return post;
        }

        /** Of which times arrivals are for this worker; {@code to} holds once the time is over. */
        private record Hearing(long from, long to, boolean on) {
            boolean includes(long time) {
                return time - from >= 0 && (on || time - to <= 0);
            }
        }

        /** From now on, arrivals are for this worker, or are not. Under the registry's lock. */
        void hear(boolean on) {
            Hearing before = hearing;
            if (before.on() != on) {
                long now = System.nanoTime();
                hearing = on ? new Hearing(now, 0, true) : new Hearing(before.from(), now, false);
            }
        }

        void noteClosed() {
            hear(false);
            closed = true;
        }

        /**
         * Whether an arrival of this time is for this worker. It is dispatched to for a little longer than it hears, until
         * all that arrived before has been.
         */
        boolean wants(long arrivedAt) {
            return hearing.includes(arrivedAt);
        }

        /** Whether a loss that is only now noticed may concern this worker. */
        boolean wantsLosses() {
            return hearing.on() || closed;
        }
    }
}
