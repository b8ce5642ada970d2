package io.heliograph.spring;

import io.heliograph.Ancestor;
import io.heliograph.Sender;
import io.heliograph.SenderIdentity;
import io.heliograph.SignalEvent;
import java.util.List;
import java.util.Optional;

/** One line of where a signal came from. */
final class EventText {
    private EventText() {}

    /** Reads {@code /proc}. */
    static String of(SignalEvent event) {
        return event.signal() + " " + cause(event);
    }

    private static String cause(SignalEvent event) {
        if (event instanceof SignalEvent.Sent sent) {
            return from(sent.sender());
        }
        if (event instanceof SignalEvent.Queued queued) {
            return from(queued.sender());
        }
        if (event instanceof SignalEvent.FromKernel) {
            return "from the kernel or the terminal";
        }
        return event instanceof SignalEvent.Lost ? "with its details lost" : "from a timer";
    }

    private static String from(Sender sender) {
        return switch (sender.origin()) {
            case OUTSIDE -> "from outside this container";
            case DETAILS_LOST -> "from an unknown process";
            case THIS_PROCESS -> "from this process";
            case OTHER_PROCESS -> process(sender);
        };
    }

    private static String process(Sender sender) {
        SenderIdentity identity = sender.identity();
        StringBuilder text = new StringBuilder("from pid ").append(sender.pid());
        text.append(", uid ").append(sender.uid());
        sender.userName()
                .map(EventText::printable)
                .ifPresent(name -> text.append(" (").append(name).append(')'));
        append(text, identity.command(), identity.gone());
        List<Ancestor> ancestors = sender.ancestors();
        if (!ancestors.isEmpty()) {
            Ancestor parent = ancestors.get(0);
            append(text.append(", parent pid ").append(parent.pid()), parent.command(), parent.ended());
        }
        return text.toString();
    }

    private static void append(StringBuilder text, Optional<String> command, boolean gone) {
        command.map(EventText::printable)
                .ifPresent(name -> text.append(", command \"").append(name).append('"'));
        text.append(gone ? ", gone" : "");
    }

    /** A process chooses its name. What could forge a line, harm a terminal or end the quotation becomes a ?. */
    private static String printable(String name) {
        return name.replaceAll("[^ -~]|\"", "?");
    }
}
