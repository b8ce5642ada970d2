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
        private final long openedAt = System.nanoTime();
        private volatile boolean closed;
        private volatile long closedAt;

        OfWorker(Registry registry, Signal signal, Kind kind, Post post) {
            super(registry, signal, kind);
            this.post = post;
        }

        Post post() {
            return post;
        }

        /** From now on, only what arrived before is for this worker. */
        void noteClosed() {
            closedAt = System.nanoTime();
            closed = true;
        }

        /**
         * Whether an arrival of this time is for this worker. A registration is dispatched to for a little longer than
         * it is open, until all that arrived before its closing has been.
         */
        boolean wants(long arrivedAt) {
            return arrivedAt - openedAt >= 0 && !(closed && arrivedAt - closedAt > 0);
        }
    }
}
