package io.heliograph.agent.log;

import io.heliograph.Ancestor;
import io.heliograph.Sender;
import io.heliograph.SenderDetails;
import io.heliograph.SenderIdentity;
import io.heliograph.SenderIdentity.Look;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Senders as the lines of the tests tell of them. A uid that no machine has keeps its names out. */
final class LoggedSenders {
    static final int PID = 4242;

    /** No user of any machine. */
    static final int UID = (int) 4_000_000_000L;

    private LoggedSenders() {}

    static Sender of(SenderIdentity identity, Ancestor... ancestors) {
        return of(PID, UID, false, identity, ancestors);
    }

    static Sender of(int pid, int uid, boolean attaching, SenderIdentity identity, Ancestor... ancestors) {
        return Sender.of(pid, uid, attaching, new SenderDetails() {
            @Override
            public SenderIdentity identity() {
                return identity;
            }

            @Override
            public List<Ancestor> ancestors() {
                return List.of(ancestors);
            }
        });
    }

    static SenderIdentity identity(String command, String... arguments) {
        return identity(Look.ON_ARRIVAL, command, List.of(arguments), null, null);
    }

    static SenderIdentity identity(
            Look look, String command, List<String> arguments, String cgroup, String becameCommand) {
        return new SenderIdentity(
                look,
                false,
                Optional.ofNullable(command),
                arguments,
                false,
                Optional.empty(),
                Optional.ofNullable(cgroup),
                Optional.ofNullable(becameCommand));
    }

    /** One whose command line is longer than what was read of it. */
    static SenderIdentity cut(String command, String... arguments) {
        return new SenderIdentity(
                Look.ON_ARRIVAL,
                false,
                Optional.of(command),
                List.of(arguments),
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static SenderIdentity gone(String command) {
        return new SenderIdentity(
                Look.LATER,
                true,
                Optional.ofNullable(command),
                List.of(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static Ancestor ancestor(int pid, String command, String... arguments) {
        return ancestor(pid, Optional.empty(), command, arguments);
    }

    static Ancestor ancestor(int pid, Optional<String> cgroup, String command, String... arguments) {
        return new Ancestor(
                pid,
                false,
                OptionalLong.of(0),
                Optional.of("root"),
                Optional.of(command),
                List.of(arguments),
                false,
                cgroup);
    }

    static Ancestor ended(int pid) {
        return new Ancestor(
                pid,
                true,
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                false,
                Optional.empty());
    }

    static SignalEvent sent(Signal signal, Sender sender) {
        return new SignalEvent.Sent(signal, 0, 1, sender);
    }

    /** As large as a sender can be, in characters that each take the longest escape. */
    static Sender largest(int argumentLength, int ancestorCount) {
        String name = "\u202e".repeat(15);
        String argument = "\u202e".repeat(argumentLength);
        String cgroup = "0::/" + "\u202e".repeat(4000);
        Ancestor ancestor = new Ancestor(
                Integer.MAX_VALUE,
                false,
                OptionalLong.of(4294967295L),
                Optional.of("\u202e".repeat(300)),
                Optional.of(name),
                List.of(argument, argument),
                false,
                Optional.of(cgroup));
        Ancestor[] ancestors = new Ancestor[ancestorCount];
        Arrays.fill(ancestors, ancestor);
        SenderIdentity identity = new SenderIdentity(
                Look.LATER,
                false,
                Optional.of(name),
                List.of(argument, argument),
                false,
                Optional.of("/" + argument),
                Optional.of(cgroup),
                Optional.of(name));
        return of(Integer.MAX_VALUE, -1, true, identity, ancestors);
    }
}
