package io.heliograph.agent.log;

import io.heliograph.Signal;
import java.time.Instant;

/** The beginning of every JSON line. */
final class EventJson {
    private EventJson() {}

    /** The fields at the beginning. */
    static JsonObject begin(Signal signal, Instant time, Request request) {
        JsonObject line = new JsonObject()
                .add("time", LogTime.text(time))
                .add("signal", signal.name())
                .add("number", signal.number());
        return request == Request.NONE ? line : line.add("request", request.json());
    }
}
