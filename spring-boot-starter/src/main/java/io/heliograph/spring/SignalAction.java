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

    /** The action of this word, which may be {@code thread-dump}, {@code THREAD_DUMP} or {@code threadDump}. */
    static SignalAction of(String word) {
        for (SignalAction action : values()) {
            if (bare(action.word()).equalsIgnoreCase(bare(word))) {
                return action;
            }
        }
        throw new IllegalArgumentException("\"" + word + "\" is no action: write "
                + Arrays.stream(values()).map(SignalAction::word).collect(Collectors.joining(", ")));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String bare(String word) {
        return word.strip().replaceAll("[-_]", "");
    }
}
