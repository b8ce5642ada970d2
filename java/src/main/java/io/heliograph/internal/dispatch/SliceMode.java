package io.heliograph.internal.dispatch;

import io.heliograph.internal.text.Suggestion;

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
        return Suggestion.valueNamed(SliceMode.class, name, "slice=" + name + " is neither on nor off");
    }
}
