package io.heliograph.internal.dispatch;

import io.heliograph.internal.text.Suggestion;

/** How the dispatcher waits for the pipe. */
public enum WaitMode {
    /** Asleep in read(2). */
    BLOCK,
    /** Polls without pause: the shortest way to the worker, at the price of a processor. */
    SPIN;

    /**
     * The value of {@code -Dheliograph.wait}; block if it is not set.
     *
     * @throws IllegalArgumentException with a message that says what would be right
     */
    public static WaitMode preset() {
        return of(System.getProperty("heliograph.wait", "block"));
    }

    /**
     * The mode of a name as in {@code wait=block}.
     *
     * @throws IllegalArgumentException with a message that says what would be right
     */
    public static WaitMode of(String name) {
        return Suggestion.valueNamed(values(), name, "wait=" + name + " is no way to wait");
    }
}
