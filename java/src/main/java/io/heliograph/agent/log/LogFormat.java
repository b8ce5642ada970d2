package io.heliograph.agent.log;

import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import java.time.Instant;

/** How an event becomes a line of printable ASCII. The line has no line end, and with one it has 4096 bytes at most. */
interface LogFormat {
    /** The line of one event. It reads {@code /proc} where the sender's details were not captured. */
    String event(SignalEvent event, Instant arrived);

    /**
     * The line that stands for events without one of their own.
     *
     * @param count how many they are
     * @param last when the last of them arrived
     */
    String suppressed(Signal signal, long count, Instant last);
}
