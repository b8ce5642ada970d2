package io.heliograph.workers;

import io.heliograph.SignalEvent;
import io.heliograph.SignalInterrupt;
import java.util.concurrent.CancellationException;

/** Why a group ends, and with it its workers. */
sealed interface StopReason {
    /** The exception that tells a body, made anew for each. */
    RuntimeException exception();

    /** A signal ends it. */
    record OfSignal(SignalEvent event) implements StopReason {
        @Override
        public RuntimeException exception() {
            return SignalInterrupt.of(event);
        }
    }

    /** It is closed while workers are at work. */
    record Closing() implements StopReason {
        @Override
        public RuntimeException exception() {
            return new CancellationException("the worker group is closed");
        }
    }
}
