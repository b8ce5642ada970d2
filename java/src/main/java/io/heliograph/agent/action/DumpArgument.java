package io.heliograph.agent.action;

import java.util.Optional;

/** The argument of actions that write a file. */
final class DumpArgument {
    private DumpArgument() {}

    /**
     * Parses the text behind an action's name.
     *
     * @throws IllegalArgumentException that says what would be right
     */
    static DumpFile parse(String action, String suffix, String argument) {
        if (argument.length() < 2) {
            throw new IllegalArgumentException(action + " names no file: write " + action + ":FILE, " + action
                    + ":/var/tmp/%p-%t" + suffix + " for one");
        }
        return new DumpFile(argument.substring(1));
    }

    /**
     * The same where the file may be left out: {@code name} alone.
     *
     * @throws IllegalArgumentException that says what would be right
     */
    static Optional<DumpFile> parseOptional(String action, String suffix, String argument) {
        return argument.isEmpty() ? Optional.empty() : Optional.of(parse(action, suffix, argument));
    }

    /** The text that {@link #parseOptional} parses. */
    static String text(Optional<DumpFile> file) {
        return file.isPresent() ? ":" + file.get().pattern() : "";
    }
}
