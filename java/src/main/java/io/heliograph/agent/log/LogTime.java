package io.heliograph.agent.log;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** A time in a line: UTC with microseconds. */
final class LogTime {
    private static final DateTimeFormatter MICROSECONDS =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter();

    private LogTime() {}

    static String text(Instant time) {
        return MICROSECONDS.format(time);
    }

    /** The time of an arrival that was stamped on the clock of {@link System#nanoTime()}. */
    static Instant ofArrival(long arrivedAt) {
        return Instant.now().minusNanos(System.nanoTime() - arrivedAt);
    }
}
