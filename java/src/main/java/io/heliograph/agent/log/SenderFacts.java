package io.heliograph.agent.log;

import io.heliograph.Ancestor;
import io.heliograph.Sender;
import io.heliograph.SenderIdentity;
import io.heliograph.SignalEvent;
import io.heliograph.internal.proc.Cgroup;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The facts about a sender in a line, each read once.
 *
 * @param user the name of its uid, if it has one
 * @param identity of another process; else empty
 * @param ancestors of another process; else empty
 */
record SenderFacts(
        Sender sender,
        LogOrigin origin,
        @Nullable String user,
        SenderIdentity identity,
        List<Ancestor> ancestors,
        Surroundings surroundings) {
    /** As {@link Sender#ancestors()}; a line has room for no more. */
    private static final int MOST_ANCESTORS = 8;

    /** The facts about an event's sender; null if it has none. */
    static @Nullable SenderFacts of(SignalEvent event) {
        if (event instanceof SignalEvent.Sent sent) {
            return of(sent.sender(), Surroundings.now());
        }
        return event instanceof SignalEvent.Queued queued ? of(queued.sender(), Surroundings.now()) : null;
    }

    static SenderFacts of(Sender sender, Surroundings surroundings) {
        LogOrigin origin = LogOrigin.of(sender.origin());
        boolean isOther = origin == LogOrigin.OTHER_PROCESS;
        // The identity first: if it was not captured, the sender may end at any moment.
        SenderIdentity identity = isOther ? sender.identity() : SenderIdentity.NONE;
        List<Ancestor> ancestors = isOther ? sender.ancestors() : List.of();
        return new SenderFacts(
                sender,
                origin,
                sender.pid() == 0 ? null : sender.userName().orElse(null),
                identity,
                ancestors.subList(0, Math.min(ancestors.size(), MOST_ANCESTORS)),
                surroundings);
    }

    /** Whether the process had ended before anything was known of it. */
    boolean isGone() {
        return identity.gone()
                && identity.command().isEmpty()
                && identity.arguments().isEmpty();
    }

    /** The path of a control group if it is known and not this process's; else null. */
    @Nullable String otherCgroup(Optional<String> text) {
        String path = text.isPresent() ? Cgroup.path(text.get()) : Cgroup.ROOT;
        return path.equals(Cgroup.ROOT) || path.equals(surroundings.cgroup()) ? null : path;
    }
}
