package io.heliograph.jmh.report;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
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
    private static final String SUN_MISC = "`sun.misc.Signal`'s";

    /** All bounds, in the order of the report. */
    static List<Bound> all() {
        Row raise = Row.ns("raise-to-worker", "inline-blocking");
        Row outside = Row.ns("outside", "heliograph");
        Row busy = Row.ns("outside-busy", "heliograph");
        Row allocation = Row.ns("allocation", "inline-blocking");
        Row start = Row.ns("start-up", "heliograph-agent");
        Row idle = Row.ns("idle", "heliograph-agent");
        return List.of(
                ofBaseline("raise to inline worker, blocking", 1.1, "C with the same hops", raise),
                ofBaseline(
                        "raise to inline worker, spinning", 1.1, "C with the same hops", raise.of("inline-spinning")),
                atMost(
                        "another process's kill to inline worker",
                        1.0,
                        "the better of Python and Node",
                        Measurement::p50,
                        outside,
                        outside.of("python3"),
                        outside.of("node")),
                atMost(
                        "the same on a busy machine, median",
                        0.2,
                        SUN_MISC,
                        Measurement::p50,
                        busy,
                        busy.of("sun.misc")),
                atMost("the same on a busy machine, 99th", 0.1, SUN_MISC, Measurement::p99, busy, busy.of("sun.misc")),
                ofBaseline(
                        "cost to the interrupted thread",
                        1.1,
                        "a bare handler that writes 64 bytes to a pipe",
                        Row.ns("interrupted-thread", "not-looking")),
                new Bound(
                        "one event, inline: threads",
                        "no thread",
                        false,
                        0,
                        figures -> figures.value(allocation.in("threads"))),
                new Bound(
                        "one event, inline: bytes",
                        "at most 64 bytes",
                        false,
                        64,
                        figures -> figures.value(allocation.in("bytes"))),
                ofBaseline("start-up by -agentpath", 1.0, "an empty -javaagent's", start.of("heliograph-agentpath")),
                ofBaseline("start-up by -javaagent", 1.35, "an empty -javaagent's", start),
                new Bound(
                        "throughput of an app that receives no signal",
                        "at least 0.97 of an empty agent's",
                        true,
                        0.97,
                        figures -> figures.ratio(Measurement::p50, idle.in("1/s"), baseline(idle.in("1/s")))),
                ofBaseline("memory of an app that receives no signal", 1.03, "an empty agent's", idle.in("KiB")));
    }

    boolean isMetBy(double figure) {
        return isAtLeast ? figure >= limit : figure <= limit;
    }

    /** Its heading in jmh/causes.md. */
    String heading() {
        return subject + ": " + rule;
    }

    private static Row baseline(Row row) {
        return Baselines.of(row).orElseThrow();
    }

    private static Bound ofBaseline(String subject, double limit, String what, Row row) {
        return atMost(subject, limit, what, Measurement::p50, row, baseline(row));
    }

    private static Bound atMost(
            String subject, double limit, String what, ToDoubleFunction<Measurement> figure, Row row, Row... others) {
        return new Bound(
                subject,
                "at most " + limit + " of " + what,
                false,
                limit,
                figures -> figures.ratio(figure, row, others));
    }
}
