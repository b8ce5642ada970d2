package io.heliograph.internal.dispatch;

import io.heliograph.internal.text.Suggestion;

/** The time slice (sched(7)) of the dispatcher's thread. */
public enum SliceMode {
    /** Short, so that a busy machine does not delay a signal by milliseconds. It needs Linux 6.12. */
    ON,
    /** The usual slice. */
    OFF;

    /**
     * The value of {@code -Dheliograph.slice}; on if it is not set.
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
        return Suggestion.valueNamed(values(), name, "slice=" + name + " is neither on nor off");
    }
}
