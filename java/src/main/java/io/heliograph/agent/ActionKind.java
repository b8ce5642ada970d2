package io.heliograph.agent;

import io.heliograph.internal.Suggestion;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A kind of action: what an option calls it, and how it is made from its argument.
 *
 * @param parser is given what stands behind the name, nothing, or a colon and the argument; what it throws is an
 *     {@link IllegalArgumentException} that says what would be right
 */
record ActionKind(String optionName, Function<String, Action> parser) {
    /** All that there are. */
    private static final List<ActionKind> TABLE = List.of(
            plain("log", LogAction::new),
            new ActionKind("thread-dump", ThreadDumpAction::parse),
            new ActionKind("heap-dump", HeapDumpAction::parse),
            new ActionKind("jfr-dump", JfrDumpAction::parse),
            new ActionKind("run", RunAction::parse),
            new ActionKind("shutdown", ShutdownAction::parse),
            plain("raise", RaiseAction::new),
            plain("ignore", IgnoreAction::new),
            plain("default", DefaultAction::new));

    /** One that takes no argument. */
    private static ActionKind plain(String optionName, Supplier<Action> maker) {
        return new ActionKind(optionName, argument -> {
            if (!argument.isEmpty()) {
                throw new IllegalArgumentException(optionName + " takes no argument: write " + optionName);
            }
            return maker.get();
        });
    }

    /**
     * The action that an option names, {@code name} or {@code name:argument}.
     *
     * @throws IllegalArgumentException with a message that says what would be right
     */
    static Action parse(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        for (ActionKind kind : TABLE) {
            if (kind.optionName.equals(name)) {
                return kind.parser.apply(text.substring(name.length()));
            }
        }
        List<String> names = TABLE.stream().map(ActionKind::optionName).toList();
        throw new IllegalArgumentException((name.isEmpty() ? "an action is missing" : name + " is no action") + ": "
                + Suggestion.closest(name.toLowerCase(Locale.ROOT), names)
                        .map(closest -> "did you mean " + closest + "?")
                        .orElse("use " + String.join(", ", names)));
    }
}
