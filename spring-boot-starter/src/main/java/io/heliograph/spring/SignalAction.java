package io.heliograph.spring;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What {@code heliograph.signals.NAME} can say. */
enum SignalAction {
    EVENT,
    CATCH,
    RELOAD,
    THREAD_DUMP,
    IGNORE;

    /** The action of this word, in either case. */
    static SignalAction of(String word) {
        for (SignalAction action : values()) {
            if (action.word().equalsIgnoreCase(word.strip())) {
                return action;
            }
        }
        throw new IllegalArgumentException("\"" + word + "\" is no action: write "
                + Arrays.stream(values()).map(SignalAction::word).collect(Collectors.joining(", ")));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
