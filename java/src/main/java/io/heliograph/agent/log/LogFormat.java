package io.heliograph.agent.log;

import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import java.time.Instant;

/** Formats an event as a line of printable ASCII. The line has 4095 bytes at most, without its line end. */
interface LogFormat {
    /** The line of one event. It reads {@code /proc} if the handler did not capture the sender. */
    String event(SignalEvent event, Instant arrived, Request request);

    /** The line of an event that requests nothing. */
    default String event(SignalEvent event, Instant arrived) {
        return event(event, arrived, Request.NONE);
    }

    /**
     * The line for events that the throttle suppresses.
     *
     * @param count how many they are
     * @param last when the last of them arrived
     */
    String suppressed(Signal signal, long count, Instant last);
}
