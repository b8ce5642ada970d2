package io.heliograph.agent.log;

import io.heliograph.Ancestor;
import io.heliograph.SenderIdentity;
import io.heliograph.internal.proc.Cgroup;
import io.heliograph.internal.text.Printable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The text line of an event that has a sender. */
final class SenderText implements Shortening.Line {
    /** The length of a name, escaped. */
    private static final int MOST_OF_NAME = 96;

    private static final int MOST_OF_CGROUP = 256;

    private final String head;
    private final SenderFacts facts;
    private final String value;
    private final String tail;
    private final boolean showsArguments;

    /**
     * A line.
     *
     * @param head the text before the sender
     * @param value the text between sender and ancestors
     * @param tail the text at the end
     */
    SenderText(String head, SenderFacts facts, String value, String tail, boolean showsArguments) {
        this.head = head;
        this.facts = facts;
        this.value = value;
        this.tail = tail;
        this.showsArguments = showsArguments;
    }

    @Override
    public String make(int ancestorsInFull, int room) {
        StringBuilder line = new StringBuilder(head);
        line.append(facts.sender().isAttaching() ? " from a process that attaches: pid " : " from pid ")
                .append(facts.sender().pid());
        appendUid(line, facts.sender().uid(), facts.user());
        line.append(where(facts.origin()));
        appendIdentity(line, room);
        boolean hasCgroup = appendCgroup(line, facts.identity().cgroup());
        line.append(value);
        List<Ancestor> ancestors = facts.ancestors();
        for (int i = 0; i < ancestors.size(); i++) {
            Ancestor ancestor = ancestors.get(i);
            append(line, ancestor, i < ancestorsInFull ? room : 0);
            hasCgroup = hasCgroup || appendCgroup(line, ancestor.cgroup());
        }
        return line.append(tail).toString();
    }

    /** What an origin means, and where to find more. */
    static String where(LogOrigin origin) {
        return switch (origin) {
            case THIS_PROCESS -> ", this process";
            case OUTSIDE ->
                ", outside this container: its run-time or a process of the host "
                        + "(kubectl describe pod or the node's audit log says more)";
            case DETAILS_LOST -> ", details lost: the queue of pending signals was full (ulimit -i)";
            default -> "";
        };
    }

    private void appendUid(StringBuilder line, long uid, @Nullable String user) {
        boolean isSeenFromHere = !facts.surroundings().inFirstUserNamespace();
        line.append(", uid ").append(uid);
        if (user != null || isSeenFromHere) {
            line.append(" (");
            if (user != null) {
                appendUser(line, user);
                line.append(isSeenFromHere ? "; " : "");
            }
            line.append(isSeenFromHere ? "as seen in this user namespace" : "").append(')');
        }
    }

    private static void appendUser(StringBuilder line, String user) {
        boolean isPlain = !user.isEmpty() && user.length() <= MOST_OF_NAME;
        for (int i = 0; i < user.length() && isPlain; i++) {
            isPlain = isOfUser(user.charAt(i));
        }
        if (isPlain) {
            line.append(user);
        } else {
            appendQuoted(line, user, MOST_OF_NAME);
        }
    }

    private static boolean isOfUser(char c) {
        return CommandLine.isBare(c) && "@%+=:/^~".indexOf(c) < 0;
    }

    private void appendIdentity(StringBuilder line, int room) {
        if (facts.isGone()) {
            line.append(", gone");
            return;
        }
        SenderIdentity identity = facts.identity();
        appendCommand(line, "command", identity.command());
        appendCommandLine(line, identity.arguments(), identity.argumentsCut(), room);
        boolean isKnown =
                identity.command().isPresent() || !identity.arguments().isEmpty();
        if (isKnown && identity.look() == SenderIdentity.Look.LATER) {
            line.append(", as found later");
        }
        appendCommand(line, "now command", identity.becameCommand());
    }

    private void append(StringBuilder line, Ancestor ancestor, int room) {
        line.append(", parent pid ").append(ancestor.pid());
        if (ancestor.ended()) {
            line.append(" has ended");
            return;
        }
        if (ancestor.uid().isPresent()) {
            appendUid(line, ancestor.uid().getAsLong(), ancestor.userName().orElse(null));
        }
        appendCommand(line, "command", ancestor.command());
        appendCommandLine(line, ancestor.arguments(), ancestor.argumentsCut(), room);
    }

    private static void appendCommand(StringBuilder line, String what, Optional<String> command) {
        if (command.isPresent()) {
            line.append(", ").append(what).append(' ');
            appendQuoted(line, command.get(), MOST_OF_NAME);
        }
    }

    private void appendCommandLine(StringBuilder line, List<String> arguments, boolean isCut, int room) {
        if (showsArguments && !arguments.isEmpty()) {
            CommandLine.append(line.append(", command line"), arguments, isCut, room);
        }
    }

    /** Returns whether there was one. */
    private boolean appendCgroup(StringBuilder line, Optional<String> text) {
        String path = facts.otherCgroup(text);
        if (path != null) {
            appendQuoted(line.append(", cgroup "), Cgroup.name(path), MOST_OF_CGROUP);
        }
        return path != null;
    }

    private static void appendQuoted(StringBuilder line, String text, int most) {
        if (!Printable.quote(line, text, most)) {
            line.append(" (cut)");
        }
    }
}
