package io.heliograph.agent.action;

import io.heliograph.SignalEvent;
import io.heliograph.agent.option.Action;
import io.heliograph.internal.text.Printable;
import io.heliograph.internal.text.StandardError;
import java.nio.file.Path;

/** What the actions that write files have in common: how the file is named in the option, and told when it is there. */
final class DumpArgument {
    private DumpArgument() {}

    /**
     * Reads what stands behind an action's name.
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
