package io.heliograph.workers;

import io.heliograph.SignalEvent;
import io.heliograph.SignalInterrupt;
import java.util.concurrent.CancellationException;

/** Why a group ends its workers. */
sealed interface StopReason {
    /** A new exception for a body that is asked to end. */
    RuntimeException exception();

    /** A signal ends it. */
    record OfSignal(SignalEvent event) implements StopReason {
        @Override
        public RuntimeException exception() {
            return SignalInterrupt.of(event);
        }
    }

    /** The group is closed while workers are at work. */
    record Closing() implements StopReason {
        @Override
        public RuntimeException exception() {
            return new CancellationException("the worker group is closed");
        }
    }
}
