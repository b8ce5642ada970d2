package io.heliograph.agent;

import io.heliograph.SignalEvent;
import org.jspecify.annotations.Nullable;

/** The event log of the agent whose options hold. */
final class AgentLog {
    private static volatile @Nullable EventLog log;

    private AgentLog() {}

    static void write(SignalEvent event) {
        EventLog its = log;
        if (its != null) { // as it is from before the first registration until the agent's thread has ended
            its.write(event);
        }
    }

    static void rehearse() {
        EventLog its = log;
        if (its != null) {
            its.rehearse();
        }
    }

    static @Nullable EventLog current() {
        return log;
    }

    /** Has lines go there from now on. */
    static void replace(@Nullable EventLog next) {
        log = next;
    }
}
