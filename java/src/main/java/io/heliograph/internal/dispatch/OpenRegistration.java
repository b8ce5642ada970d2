package io.heliograph.internal.dispatch;

import io.heliograph.Delivery;
import io.heliograph.Disposition.Asked;
import io.heliograph.Disposition.Registered;
import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import java.util.Optional;
import java.util.function.Consumer;

/** One open registration of a signal. */
abstract class OpenRegistration implements Registration {
    private final Consumer<OpenRegistration> closing;
    private final Signal signal;
    private final Registered registered;

    OpenRegistration(Consumer<OpenRegistration> closing, Signal signal, Registered registered) {
        this.closing = closing;
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

    /** The registration as {@code Signals.dispositions()} shows it. */
    final Registered registered() {
        return registered;
    }

    @Override
    public final void close() {
        closing.accept(this);
    }

    /** IGNORE or DEFAULT: the kernel acts, and there is no worker. */
    static final class Ready extends OpenRegistration {
        Ready(Consumer<OpenRegistration> closing, Signal signal, Asked asked) {
            super(closing, signal, new Registered(asked, Optional.empty(), Optional.empty()));
        }
    }

    /** CATCH or OBSERVE, with a worker. */
    static class WithWorker extends OpenRegistration {
        private final EventSink sink;
        /** Used by the dispatcher alone, as the next three. */
        private long undelivered;

        private long undeliveredAt;
        private long undeliveredSequence;
        private long latestLoss;

        WithWorker(Consumer<OpenRegistration> closing, Signal signal, Registered registered, EventSink sink) {
            super(closing, signal, registered);
            this.sink = sink;
        }

        final EventSink sink() {
            return sink;
        }

        /** Whether the worker needs the sender as it was when the signal arrived. */
        final boolean wantsSender() {
            return registered().delivery().orElse(null) instanceof Delivery.WithSender;
        }

        /** Hands an event over; returns whether the worker has it or will get it. Called by the dispatcher. */
        final boolean hand(SignalEvent event) {
            if (event instanceof SignalEvent.Lost lost) {
                sink.lose(lost);
                return true;
            }
            return sink.offer(event);
        }

        /** Counts arrivals that the dispatcher could not hand over, for lack of memory. Called by the dispatcher. */
        final void noteLoss(long count, long arrivedAt, long sequence) {
            undelivered += count;
            undeliveredAt = arrivedAt;
            undeliveredSequence = sequence;
        }

        /** Hands the count over. If this throws, the dispatcher calls it again. Called by the dispatcher. */
        final void deliverLosses() {
            if (undelivered > 0) {
                sink.lose(new SignalEvent.Lost(signal(), undeliveredAt, undeliveredSequence, undelivered));
                undelivered = 0;
            }
        }

        /** Whether this is the first call with this loss. Called by the dispatcher. */
        final boolean isNewLoss(long sequence) {
            boolean isNew = latestLoss != sequence;
            latestLoss = sequence;
            return isNew;
        }

        /**
         * Called before the disposition changes in favour of this worker, and after it has changed to its disfavour.
         * Under the registry's lock.
         */
        void setRecipient(boolean on) {}
    }
}
