package io.heliograph.agent.action;

import io.heliograph.agent.option.Action;
import io.heliograph.internal.text.Suggestion;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The actions by name. An option names an action with nothing, or a colon and an argument, behind it. */
public final class Actions implements Function<String, Action> {
    private static final List<String> NAMES = List.of(
            "log",
            "thread-dump",
            "heap-dump",
            "jfr-dump",
            "jcmd",
            "doctor",
            "run",
            "delay",
            "shutdown",
            "deadline",
            "raise",
            "ignore",
            "default");

    /**
     * The action that an option names, {@code name} or {@code name:argument}.
     *
     * @throws IllegalArgumentException with a message that says what would be right
     */
    @Override
    public Action apply(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        String argument = text.substring(name.length());
        return switch (name) {
            case "thread-dump" -> ThreadDumpAction.parse(argument);
            case "heap-dump" -> HeapDumpAction.parse(argument);
            case "jfr-dump" -> JfrDumpAction.parse(argument);
            case "jcmd" -> JcmdAction.parse(argument);
            case "doctor" -> DoctorAction.parse(argument);
            case "run" -> RunAction.parse(argument);
            case "delay" -> DelayAction.parse(argument);
            case "shutdown" -> ShutdownAction.parse(false, argument);
            case "deadline" -> ShutdownAction.parse(true, argument);
            case "log" -> plain(new LogAction(), name, argument);
            case "raise" -> plain(new RaiseAction(), name, argument);
            case "ignore" -> plain(new IgnoreAction(), name, argument);
            case "default" -> plain(new DefaultAction(), name, argument);
            default -> throw unknown(name);
        };
    }

    /** An action without an argument. */
    private static Action plain(Action action, String name, String argument) {
        if (!argument.isEmpty()) {
            throw new IllegalArgumentException(name + " takes no argument: write " + name);
        }
        return action;
    }

    private static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException((name.isEmpty() ? "an action is missing" : name + " is no action") + ": "
                + Suggestion.closest(name.toLowerCase(Locale.ROOT), NAMES)
                        .map(closest -> "did you mean " + closest + "?")
                        .orElse("use " + String.join(", ", NAMES)));
    }
}
