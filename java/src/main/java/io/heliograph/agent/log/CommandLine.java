package io.heliograph.agent.log;

import io.heliograph.internal.text.Printable;
import java.util.List;

/**
 * A command line in a text line: an argument with only harmless characters is bare, another one is in double quotes.
 */
final class CommandLine {
    private static final String BARE_MARKS = "_@%+=:./^~-";

    private CommandLine() {}

    /**
     * Appends the arguments, a space before each. Appends {@code (cut)} if they do not all fit.
     *
     * @param isCut whether the command line has more arguments
     */
    static void append(StringBuilder line, List<String> arguments, boolean isCut, int room) {
        int end = line.length() + room;
        for (String argument : arguments) {
            if (line.length() >= end || !appendOne(line.append(' '), argument, end - line.length())) {
                line.append(" (cut)");
                return;
            }
        }
        line.append(isCut ? " (cut)" : "");
    }

    /** Appends as much as fits; returns whether that is all. */
    private static boolean appendOne(StringBuilder line, String argument, int room) {
        if (!isBare(argument)) {
            return Printable.quote(line, argument, room);
        }
        line.append(argument, 0, Math.max(0, Math.min(room, argument.length())));
        return argument.length() <= room;
    }

    private static boolean isBare(String argument) {
        for (int i = 0; i < argument.length(); i++) {
            if (!isBare(argument.charAt(i))) {
                return false;
            }
        }
        return !argument.isEmpty();
    }

    /** Whether the character has no meaning in a line, a shell or a terminal. */
    static boolean isBare(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || BARE_MARKS.indexOf(c) >= 0;
    }
}
