package io.heliograph.internal.process;

import io.heliograph.SignalEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The supervisors above this process: each has it in its tree, and what one of them sends, it sends to its whole tree. */
public final class Supervisors {
    /** Set by {@code native/supervisor/command.c}. */
    private static final String VARIABLE = "HELIOGRAPH_SUPERVISORS";

    private static final List<Supervisor> ABOVE = parse(System.getenv().getOrDefault(VARIABLE, ""));

    /** A pid means something in its pid namespace alone (pid_namespaces(7)); that has a number, too. */
    record Supervisor(long namespace, int pid) {
        @Override
        public String toString() {
            return Long.toUnsignedString(namespace) + ":" + pid;
        }
    }

    private static final class Own {
        static final long NAMESPACE = namespace();
    }

    private Supervisors() {}

    /**
     * Whether the signal was sent by a supervisor above this process. It has then told all descendants of ours that were
     * there, too; and it may not be the only one above that does so.
     */
    public static boolean toldWholeTree(SignalEvent event) {
        if (ABOVE.isEmpty()) {
            return false;
        }
        if (event instanceof SignalEvent.Sent sent) {
            return isAbove(ABOVE, Own.NAMESPACE, sent.sender().pid());
        }
        return event instanceof SignalEvent.Queued queued
                && isAbove(ABOVE, Own.NAMESPACE, queued.sender().pid());
    }

    /** A sender in a namespace outside of ours has no pid here: 0. */
    static boolean isAbove(List<Supervisor> above, long own, int sender) {
        return above.stream()
                .anyMatch(supervisor -> supervisor.namespace() == own ? supervisor.pid() == sender : sender == 0);
    }

    /** The outermost first, as a supervisor below is told them. */
    static String above() {
        return ABOVE.isEmpty() ? "-" : ABOVE.stream().map(Supervisor::toString).collect(Collectors.joining(","));
    }

    /** Whoever starts us may have put anything there. */
    static List<Supervisor> parse(String variable) {
        return variable.matches("[0-9]{1,18}:[1-9][0-9]{0,8}(,[0-9]{1,18}:[1-9][0-9]{0,8})*")
                ? Arrays.stream(variable.split(",", -1)).map(Supervisors::one).toList()
                : List.of();
    }

    private static Supervisor one(String text) {
        int colon = text.indexOf(':');
        return new Supervisor(Long.parseLong(text, 0, colon, 10), Integer.parseInt(text, colon + 1, text.length(), 10));
    }

    /** As namespaces(7) has it, {@code pid:[4026531836]}; 0, which none has, where it cannot be read. */
    private static long namespace() {
        try {
            String link = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
            return link.matches("pid:\\[[0-9]{1,18}]") ? Long.parseLong(link, 5, link.length() - 1, 10) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
