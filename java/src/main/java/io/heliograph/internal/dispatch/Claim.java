package io.heliograph.internal.dispatch;

import io.heliograph.Disposition.Asked;
import io.heliograph.Disposition.Registered;
import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One open registration of a signal, in the registry. */
abstract class Claim implements Registration {
    private final Registry registry;
    private final Signal signal;
    private final Registered registered;

    Claim(Registry registry, Signal signal, Registered registered) {
        this.registry = registry;
        this.signal = signal;
        this.registered = registered;
    }

    @Override
    public final Signal signal() {
        return signal;
    }

    final Asked asked() {
        return registered.asked();
    }

    /** As it is told to who asks for the dispositions. */
    final Registered registered() {
        return registered;
    }

    @Override
    public final void close() {
        registry.close(this);
    }

    /** IGNORE or DEFAULT: the kernel acts, and no worker is told. */
    static final class Ready extends Claim {
        Ready(Registry registry, Signal signal, Asked asked) {
            super(registry, signal, new Registered(asked, Optional.empty(), Optional.empty()));
        }
    }

    /** CATCH or OBSERVE: a worker is told. */
    static class OfWorker extends Claim {
        private final Fences fences;
        private final Post post;
        /** The dispatcher's, as the two behind it. */
        private long untold;

        private long untoldAt;
        private long untoldSequence;
        private volatile Hearing hearing = new Hearing(System.nanoTime(), null);

        OfWorker(Registry registry, Fences fences, Signal signal, Registered registered, Post post) {
            super(registry, signal, registered);
            this.fences = fences;
            this.post = post;
        }

        final Post post() {
            return post;
        }

        /** The dispatcher: hands over an event; whether the worker has it or will get it. */
        final boolean hand(SignalEvent event) {
            if (event instanceof SignalEvent.Lost lost) {
                post.lose(lost);
                return true;
            }
            return post.offer(event);
        }

        /** The dispatcher: counts arrivals that could not even be handed over, as when there is no memory for it. */
        final void noteLoss(long count, long arrivedAt, long sequence) {
            untold += count;
            untoldAt = arrivedAt;
            untoldSequence = sequence;
        }

        /** The dispatcher: tells of those; to be called again where it fails. */
        final void tellLosses() {
            if (untold > 0) {
                post.lose(new SignalEvent.Lost(signal(), untoldAt, untoldSequence, untold));
                untold = 0;
            }
        }

        /** From now on, arrivals are for this worker, or are not. Under the registry's lock. */
        void hear(boolean on) {
            Hearing now = hearing;
            if (on && now.isOver) {
                Hearing next = new Hearing(System.nanoTime(), now);
                hearing = next;
                fences.ask(() -> next.before = null);
            } else if (!on && !now.isOver) {
                now.end();
            }
        }

        /**
         * Whether an arrival of this time is for this worker. It is dispatched to for a little longer than it hears, until
         * all that arrived before has been.
         */
        final boolean wants(long arrivedAt) {
            for (Hearing time = hearing; time != null; time = time.before) {
                if (time.includes(arrivedAt)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** A time in which arrivals are for a worker. */
    private static final class Hearing {
        private final long from;
        private long to;
        /** Written after {@code to}, read before it. */
        private volatile boolean isOver;
        /** The time before, until all that arrived in it has been dispatched. */
        private volatile @Nullable Hearing before;

        Hearing(long from, @Nullable Hearing before) {
            this.from = from;
            this.before = before;
        }

        void end() {
            to = System.nanoTime();
            isOver = true;
        }

        boolean includes(long time) {
            return time - from >= 0 && (!isOver || time - to <= 0);
        }
    }
}
