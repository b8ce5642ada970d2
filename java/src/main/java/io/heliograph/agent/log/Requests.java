package io.heliograph.agent.log;

import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.internal.jni.NativeShutdown;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The requests to end among the logged events. Used by the agent's thread alone. */
final class Requests {
    private final Set<Signal> requesting;
    private @Nullable SignalEvent last;

    /**
     * No request has come yet.
     *
     * @param requesting the signals that request the end of the process
     */
    Requests(Set<Signal> requesting) {
        this.requesting = requesting;
    }

    /** What an event was taken for: the handler has followed the same rule. To be called for each event in order. */
    Request take(SignalEvent event) {
        SignalEvent before = last;
        if (before == null) {
            boolean isFirst = requesting.contains(event.signal());
            last = isFirst ? event : null;
            return isFirst ? Request.FIRST : Request.NONE;
        }
        // After the first request TERM and INT are requests, too.
        if (!requesting.contains(event.signal()) && event.signal() != Signal.TERM && event.signal() != Signal.INT) {
            return Request.NONE;
        }
        boolean isAnother = NativeShutdown.isAnotherRequest(
                before.signal().number(),
                before.arrivedAt(),
                before instanceof SignalEvent.FromKernel,
                event.signal().number(),
                event.arrivedAt(),
                event instanceof SignalEvent.FromKernel);
        last = isAnother ? event : before;
        return isAnother ? Request.SECOND : Request.REPEAT;
    }
}
