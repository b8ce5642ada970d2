package io.heliograph.agent.action;

import java.time.Duration;
import java.util.List;

/** A time as an action's argument: a whole number and its unit, {@code 20s} for one. */
final class TimeArgument {
    private static final int MOST_DIGITS = 9;
    private static final List<String> UNITS = List.of("ms", "s", "m", "h", "");

    private TimeArgument() {}

    /**
     * Parses it.
     *
     * @param noun what the time is, {@code deadline} for one
     * @param example a right argument, {@code shutdown:20s} for one
     * @throws IllegalArgumentException with a message that says what would be right
     */
    static Duration parse(String text, String noun, String example) {
        int digits = leadingDigits(text);
        String unit = text.substring(digits);
        if (digits == 0 || digits > MOST_DIGITS || !UNITS.contains(unit)) {
            throw new IllegalArgumentException((text.isEmpty() ? "a " + noun + " is missing" : text + " is no " + noun)
                    + ": write " + example + " for one, with ms, s, m or h behind a whole number");
        }
        if (unit.isEmpty()) {
            throw new IllegalArgumentException("the " + noun + " " + text + " has no unit: did you mean "
                    + example.substring(0, example.lastIndexOf(':') + 1) + text + "s?");
        }
        return of(Long.parseLong(text.substring(0, digits)), unit);
    }

    private static int leadingDigits(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        return digits;
    }

    private static Duration of(long number, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    /** As an option writes it. */
    static String option(Duration time) {
        return text(time).replace(" ", "");
    }

    /** As a line shows it: in whole seconds where it can. */
    static String text(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
