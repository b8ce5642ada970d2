package io.heliograph.agent.action;

import io.heliograph.SignalEvent;
import io.heliograph.agent.option.Action;
import io.heliograph.internal.text.Printable;
import io.heliograph.internal.text.StandardError;
import java.nio.file.Path;

/** The argument of actions that write a file, and their line when it is written. */
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

    static void tell(Action action, SignalEvent event, Path written) {
        StandardError.println(Printable.line(event.signal() + "=" + action.optionText() + ": written to " + written));
    }
}
