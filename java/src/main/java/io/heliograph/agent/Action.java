package io.heliograph.agent;

import io.heliograph.internal.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What an operator can bind a signal to. */
enum Action {
    LOG,
    IGNORE,
    DEFAULT;

    /**
     * The action that an option names, {@code name} or {@code name:argument}.
     *
     * @throws IllegalArgumentException with a message that says what would be right
     */
    static Action parse(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        for (Action action : values()) {
            if (action.optionName().equals(name)) {
                if (colon >= 0) {
                    throw new IllegalArgumentException(name + " takes no argument: write " + name);
                }
                return action;
            }
        }
        List<String> names = Arrays.stream(values()).map(Action::optionName).toList();
        throw new IllegalArgumentException((name.isEmpty() ? "an action is missing" : name + " is no action") + ": "
                + Suggestion.closest(name.toLowerCase(Locale.ROOT), names)
                        .map(closest -> "did you mean " + closest + "?")
                        .orElse("use " + String.join(", ", names)));
    }

    String optionName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it says what the signal does to the process, so that no other such action can stand beside it. */
    boolean isDisposition() {
        return this != LOG;
    }
}
