package io.heliograph.jmh.soak;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;

/**
 * The options of jmh/soak.
 *
 * @param signals where it ends before its time is over
 * @param leak what it leaks, to show that it finds a leak
 */
record SoakOptions(double minutes, long signals, double everySeconds, Leak leak) {
    private static final double MOST_MINUTES = 60;

    private static final String RIGHT = "right are MINUTES, --signals N and --every SECONDS, and without an option 15";

    /** For the soak's own test. */
    enum Leak {
        NOTHING,
        DESCRIPTOR,
        THREAD
    }

    /** @throws IllegalArgumentException in one line that says what is right */
    static SoakOptions of(String... arguments) {
        double minutes = 0;
        long signals = Long.MAX_VALUE;
        double every = 10;
        Leak leak = Leak.NOTHING;
        Iterator<String> rest = Arrays.asList(arguments).iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "--signals" -> signals = (long) number(option, rest);
                case "--every" -> every = number(option, rest);
                case "--leak" -> leak = leak(rest);
                default -> minutes = number(option);
            }
        }
        if (minutes == 0) {
            minutes = signals == Long.MAX_VALUE ? 15 : MOST_MINUTES;
        }
        return new SoakOptions(minutes, signals, every, leak);
    }

    private static double number(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " lacks its value: " + RIGHT);
        }
        return number(rest.next());
    }

    private static double number(String text) {
        try {
            double number = Double.parseDouble(text);
            if (number > 0 && !Double.isInfinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // It is named below.
        }
        throw new IllegalArgumentException(text + " is no positive number: " + RIGHT);
    }

    private static Leak leak(Iterator<String> rest) {
        String name = rest.hasNext() ? rest.next() : "";
        return Arrays.stream(Leak.values())
                .filter(leak -> leak.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("--leak takes descriptor or thread, not \"" + name + "\""));
    }
}
