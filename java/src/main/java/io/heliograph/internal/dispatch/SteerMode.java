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

    private static final int ENOTSUP = 95;

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
        int result = this == ON ? prepare() : 0;
        if (result == 0) {
            result = Native.setSteering(this == ON);
        }
        if (result == -EBUSY) {
            StandardError.println(
                    "steer=on: another copy of Heliograph in this process steers already; this one does not");
        } else if (result == -ENOTSUP) {
            StandardError.println(
                    "steer=on: URG and WINCH are both caught, and steering needs one of them to reach single "
                            + "threads: nothing is steered");
        } else {
            NativeCall.check(result, "setSteering(" + name().toLowerCase(Locale.ROOT) + ")");
        }
    }

    /** Claims, and only then binds: what another copy has bound, and steers by, is to stay. */
    private static int prepare() {
        int result = Native.claimSteering();
        if (result == 0 && !ChildBinding.bind()) {
            Native.setSteering(false);
            throw new IllegalArgumentException(
                    "steer=on: this JDK starts processes by a method that is not known here, and "
                            + "they would inherit what steering blocks: leave it out");
        }
        return result;
    }
}
