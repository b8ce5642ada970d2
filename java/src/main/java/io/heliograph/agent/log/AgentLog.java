package io.heliograph.agent.log;

import io.heliograph.SignalEvent;
import org.jspecify.annotations.Nullable;

/** The event log of the agent in force. */
public final class AgentLog {
    private static volatile @Nullable EventLog log;

    private AgentLog() {}

    public static void write(SignalEvent event) {
        EventLog its = log;
        if (its != null) { // set from before the first registration until the agent's thread has ended
            its.write(event);
        }
    }

    public static void rehearse() {
        EventLog its = log;
        if (its != null) {
            its.rehearse();
        }
    }

    public static @Nullable EventLog current() {
        return log;
    }

    /** Makes lines go there from now on. */
    public static void replace(@Nullable EventLog next) {
        log = next;
    }
}
