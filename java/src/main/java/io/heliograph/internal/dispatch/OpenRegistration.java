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

    /** As it is told to who asks for the dispositions. */
    final Registered registered() {
        return registered;
    }

    @Override
    public final void close() {
        closing.accept(this);
    }

    /** IGNORE or DEFAULT: the kernel acts, and no worker is told. */
    static final class Ready extends OpenRegistration {
        Ready(Consumer<OpenRegistration> closing, Signal signal, Asked asked) {
            super(closing, signal, new Registered(asked, Optional.empty(), Optional.empty()));
        }
    }

    /** CATCH or OBSERVE: a worker is told. */
    static class WithWorker extends OpenRegistration {
        private final EventSink sink;
        /** The dispatcher's, as the three behind it. */
        private long untold;

        private long untoldAt;
        private long untoldSequence;
        private long latestLoss;

        WithWorker(Consumer<OpenRegistration> closing, Signal signal, Registered registered, EventSink sink) {
            super(closing, signal, registered);
            this.sink = sink;
        }

        final EventSink sink() {
            return sink;
        }

        /** Whether the sender is to be looked at when a signal arrives. */
        final boolean wantsSender() {
            return registered().delivery().orElse(null) instanceof Delivery.WithSender;
        }

        /** The dispatcher: hands over an event; whether the worker has it or will get it. */
        final boolean hand(SignalEvent event) {
            if (event instanceof SignalEvent.Lost lost) {
                sink.lose(lost);
                return true;
            }
            return sink.offer(event);
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
                sink.lose(new SignalEvent.Lost(signal(), untoldAt, untoldSequence, untold));
                untold = 0;
            }
        }

        /** The dispatcher: whether this is the first time that it comes by with this loss. */
        final boolean isNewLoss(long sequence) {
            boolean isNew = latestLoss != sequence;
            latestLoss = sequence;
            return isNew;
        }

        /**
         * From now on, arrivals are for this worker, before the disposition changes; or are not any more, after it has.
         * Under the registry's lock.
         */
        void hear(boolean on) {}
    }
}
