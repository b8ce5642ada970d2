package io.heliograph.internal.dispatch;

import io.heliograph.internal.Suggestion;
import java.util.List;
import java.util.Locale;

/**
 * The time slice of the threads between the kernel and the worker: the dispatcher's, and the java launcher's first one, which
 * the kernel prefers for signals (sched(7)).
 */
public enum SliceMode {
    /** Short, where the kernel has it (Linux 6.12 and later): a busy machine does not delay a signal by milliseconds. */
    ON,
    /** As every thread has it. */
    OFF;

    /**
     * What {@code -Dheliograph.slice} says; on where it says nothing.
     *
     * @throws IllegalArgumentException with a message that says what would be right
     */
    public static SliceMode preset() {
        return of(System.getProperty("heliograph.slice", "on"));
    }

    /**
     * The mode of a name as in {@code slice=off}.
     *
     * @throws IllegalArgumentException with a message that says what would be right
     */
    public static SliceMode of(String name) {
        for (SliceMode mode : values()) {
            if (mode.name().toLowerCase(Locale.ROOT).equals(name)) {
                return mode;
            }
        }
        String suggestion = Suggestion.closest(name, List.of("on", "off"))
                .map(closest -> "did you mean " + closest + "?")
                .orElse("use on or off");
        throw new IllegalArgumentException("slice=" + name + " is neither on nor off: " + suggestion);
    }
}
