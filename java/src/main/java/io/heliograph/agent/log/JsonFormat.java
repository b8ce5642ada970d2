package io.heliograph.agent.log;

import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import java.time.Instant;
import java.util.Locale;

/** Lines for machines, one JSON object each. docs/log-lines.md has the fields, which are stable. */
final class JsonFormat implements LogFormat {
    private final boolean showsArguments;
    private final int most;

    /** With so many characters in an event that has a sender, at most. */
    JsonFormat(boolean showsArguments, int most) {
        this.showsArguments = showsArguments;
        this.most = most;
    }

    @Override
    public String event(SignalEvent event, Instant arrived, Request request) {
        SenderFacts facts = SenderFacts.of(event);
        if (facts == null) {
            return withoutSender(event, arrived, request);
        }
        return Shortening.fit(
                facts.ancestors().size(), most, new SenderJson(event, arrived, request, facts, showsArguments));
    }

    @Override
    public String suppressed(Signal signal, long count, Instant last) {
        return EventJson.begin(signal, last, Request.NONE)
                .add("origin", "suppressed")
                .add("suppressed", count)
                .end();
    }

    private static String withoutSender(SignalEvent event, Instant arrived, Request request) {
        JsonObject line = EventJson.begin(event.signal(), arrived, request)
                .add("origin", LogOrigin.of(event).json());
        if (event instanceof SignalEvent.ChildChanged child) {
            line.add(
                    "child",
                    new JsonObject()
                            .add("pid", child.pid())
                            .add("change", child.change().name().toLowerCase(Locale.ROOT))
                            .add("status", child.status()));
        } else if (event instanceof SignalEvent.TimerExpired timer) {
            line.add("timer", new JsonObject().add("value", timer.value()).add("overrun", timer.overrun()));
        } else if (event instanceof SignalEvent.Lost lost) {
            line.add("count", lost.count());
        } else if (event instanceof SignalEvent.FromKernel kernel) {
            line.add("code", kernel.code());
        }
        return line.end();
    }
}
