package io.heliograph.agent.log;

import io.heliograph.Signal;
import java.time.Instant;

/** What the JSON lines of all events have in common. */
final class EventJson {
    private EventJson() {}

    /** The fields that each of them begins with. */
    static JsonObject begin(Signal signal, Instant time) {
        return new JsonObject()
                .add("time", LogTime.text(time))
                .add("signal", signal.name())
                .add("number", signal.number());
    }
}
