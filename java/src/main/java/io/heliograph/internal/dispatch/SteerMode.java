package io.heliograph.internal.dispatch;

import io.heliograph.internal.StandardError;
import io.heliograph.internal.Suggestion;
import io.heliograph.internal.seam.ChildBinding;
import io.heliograph.internal.seam.Native;
import io.heliograph.internal.seam.NativeCall;
import java.util.List;
import java.util.Locale;

/** Whether the kernel gives signals to the dispatcher's thread alone, as {@code heliograph_set_steering()} says. */
public enum SteerMode {
    /** To whichever thread does not block them. */
    OFF,
    /** To the dispatcher's: all others block them. */
    ON;

    /** errno(3). */
    private static final int EBUSY = 16;

    /**
     * What {@code -Dheliograph.steer} says; off where it says nothing.
     *
     * @throws IllegalArgumentException with a message that says what would be right
     */
    public static SteerMode preset() {
        return of(System.getProperty("heliograph.steer", "off"));
    }

    /**
     * The mode of a name as in {@code steer=on}.
     *
     * @throws IllegalArgumentException with a message that says what would be right
     */
    public static SteerMode of(String name) {
        for (SteerMode mode : values()) {
            if (mode.name().toLowerCase(Locale.ROOT).equals(name)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("steer=" + name + " is neither on nor off: "
                + Suggestion.closest(name, List.of("on", "off"))
                        .map(closest -> "did you mean " + closest + "?")
                        .orElse("use on or off"));
    }

    /**
     * Has it so from now on.
     *
     * @throws IllegalArgumentException with a message of one line, if this JDK's children would inherit what is blocked
     */
    void put() {
        if (this == ON && !ChildBinding.bind()) {
            throw new IllegalArgumentException(
                    "steer=on: this JDK starts processes by a method that is not known here, and "
                            + "they would inherit what steering blocks: leave it out");
        }
        int result = Native.setSteering(this == ON);
        if (result == -EBUSY) {
            StandardError.println(
                    "steer=on: another copy of Heliograph in this process steers already; this one does not");
        } else {
            NativeCall.check(result, "setSteering(" + name().toLowerCase(Locale.ROOT) + ")");
        }
    }
}
