package io.heliograph.jmh.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.openjdk.jmh.util.Statistics;

/**
 * A bound that Heliograph has set itself.
 *
 * @param subject what is bounded
 * @param rule the bound in words
 * @param value computes the figure of each round; empty if it was not measured
 */
record Bound(
        String subject, String rule, boolean isAtLeast, double limit, Function<Figures, Optional<Statistics>> value) {
    private static final String SUN_MISC = "sun.misc";

    /** All bounds, in the order of the report. */
    static List<Bound> all() {
        Row blocking = Row.ns("raise-to-worker", "inline-blocking");
        Row spinning = blocking.of("inline-spinning");
        Row interrupted = Row.ns("interrupted-thread", "inline-blocking");
        Row outside = Row.ns("outside", "blocking");
        Row allocation = Row.ns("allocation", "inline-blocking");
        Row agent = Row.ns("start-up", "heliograph-agent");
        return List.of(
                faster("raise to inline worker, blocking", blocking, 20),
                ofC("raise to inline worker, blocking", blocking, "C with the same hops"),
                faster("raise to inline worker, spinning", spinning, 40),
                ofC("raise to inline worker, spinning", spinning, "C with the same hops"),
                faster("raise to a worker on its own thread", blocking.of("own-thread-blocking"), 6),
                faster("outside kill to inline worker, as started", outside, 3),
                ofC("outside kill to inline worker, as started", outside, "C with two hops"),
                atMost(
                        "cost to the interrupted thread",
                        "no dearer than `sun.misc.Signal`",
                        1,
                        figures -> figures.ratio(interrupted, interrupted.of(SUN_MISC))),
                ofC("cost to the interrupted thread", interrupted, "a bare handler that writes 64 bytes to a pipe"),
                atMost(
                        "one event, inline: threads",
                        "no thread",
                        0,
                        figures -> figures.value(allocation.in("threads"))),
                atMost(
                        "one event, inline: bytes",
                        "at most 64 bytes",
                        64,
                        figures -> figures.value(allocation.in("bytes"))),
                slope("one more inline worker on a signal, to 100", 1, 100),
                slope("one more inline worker on a signal, from 100 to 1,000", 100, 1000),
                atMost(
                        "start-up",
                        "at most 1.25 of an empty agent's",
                        1.25,
                        figures -> figures.ratio(agent, agent.of("empty-agent"))));
    }

    boolean isMetBy(double figure) {
        return isAtLeast ? figure >= limit : figure <= limit;
    }

    /** Its heading in jmh/causes.md. */
    String heading() {
        return subject + ": " + rule;
    }

    private static Bound faster(String subject, Row row, double times) {
        String rule = String.format(Locale.ROOT, "at least %.0f times faster than `sun.misc.Signal`", times);
        return new Bound(subject, rule, true, times, figures -> figures.ratio(row.of(SUN_MISC), row));
    }

    private static Bound ofC(String subject, Row row, String what) {
        Row floor = Floors.of(row).orElseThrow();
        return atMost(subject, "at most 1.15 of " + what, 1.15, figures -> figures.ratio(row, floor));
    }

    private static Bound atMost(
            String subject, String rule, double limit, Function<Figures, Optional<Statistics>> value) {
        return new Bound(subject, rule, false, limit, value);
    }

    private static Bound slope(String subject, int from, int to) {
        Row row = Row.ns("fan-out", "inline-blocking");
        return atMost(
                subject,
                "at most 50 ns",
                50,
                figures -> figures.slope(row.with("workers", from), row.with("workers", to), to - from));
    }
}
