package io.heliograph.jmh.report;

import io.heliograph.jmh.benchmarks.InTurn;
import io.heliograph.jmh.report.Figures.Row;
import io.heliograph.jmh.report.Figures.Spread;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One of the bounds that Heliograph has set itself.
 *
 * @param way what is bounded, as the report and {@code jmh/causes.md} name it
 * @param rule the bound in words
 */
public record Bound(String way, String rule, boolean isAtLeast, double limit, Value value) {
    private static final String SUN_MISC = "sun.misc";

    /** How the figure is found; empty where it was not measured. */
    public interface Value {
        Optional<Spread> of(Figures figures);
    }

    /** All of them, in the order of the report. */
    public static List<Bound> all() {
        Row blocking = row("raise-to-worker", "inline-blocking");
        Row spinning = row("raise-to-worker", "inline-spinning");
        Row interrupted = row("interrupted-thread", "inline-blocking");
        Row outside = row("outside", "blocking");
        Row allocation = row("allocation", "inline-blocking");
        return List.of(
                faster("raise to inline worker, blocking", blocking, 20),
                atMost("raise to inline worker, blocking", blocking, "c-blocking", 1.15, "C with the same hops"),
                inTurn("raise to inline worker, blocking", InTurn.HANDLED),
                faster("raise to inline worker, spinning", spinning, 40),
                atMost("raise to inline worker, spinning", spinning, "c-spinning", 1.15, "C with the same hops"),
                faster("raise to a worker on its own thread", row("raise-to-worker", "own-thread-blocking"), 6),
                faster("outside kill to inline worker, as started", outside, 3),
                atMost(
                        "outside kill to inline worker, as started",
                        outside,
                        "c-two-hops-slice",
                        1.15,
                        "C with two hops"),
                atMost("cost to the interrupted thread", interrupted, SUN_MISC, 1, "`sun.misc.Signal`"),
                atMost(
                        "cost to the interrupted thread",
                        interrupted,
                        "c-write-64",
                        1.15,
                        "a bare handler that writes 64 bytes to a pipe"),
                inTurn("cost to the interrupted thread", InTurn.RETURN),
                value("one event, inline: threads", "no thread", 0, in("threads", allocation)),
                value("one event, inline: bytes", "at most 64 bytes", 64, in("bytes", allocation)),
                slope("one more inline worker on a signal, to 100", 1, 100),
                slope("one more inline worker on a signal, from 100 to 1,000", 100, 1000),
                atMost("start-up", row("start-up", "heliograph-agent"), "empty-agent", 1.25, "an empty agent's"));
    }

    public boolean isMetBy(double figure) {
        return isAtLeast ? figure >= limit : figure <= limit;
    }

    private static Row row(String question, String contender) {
        return new Row(question, contender, Map.of(), "ns");
    }

    private static Row in(String unit, Row row) {
        return new Row(row.question(), row.contender(), row.parameters(), unit);
    }

    private static Bound faster(String way, Row row, double times) {
        return new Bound(
                way,
                String.format(Locale.ROOT, "at least %.0f times faster than `sun.misc.Signal`", times),
                true,
                times,
                figures -> figures.ratio(row.of(SUN_MISC), row));
    }

    private static Bound atMost(String way, Row row, String other, double limit, String what) {
        String times = limit == 1 ? "no dearer than " : String.format(Locale.ROOT, "at most %s of ", limit);
        return new Bound(way, times + what, false, limit, figures -> figures.ratio(row, row.of(other)));
    }

    /** The two in one JVM, and so on one machine in one state. */
    private static Bound inTurn(String way, String until) {
        Row row = row(InTurn.QUESTION, "inline-blocking").with(InTurn.UNTIL, until);
        return atMost(way, row, "bare-handler", 1.15, "a bare handler in turn with it");
    }

    private static Bound value(String way, String rule, double limit, Row row) {
        return new Bound(way, rule, false, limit, figures -> figures.spread(row));
    }

    private static Bound slope(String way, int from, int to) {
        Row row = row("fan-out", "inline-blocking");
        return new Bound(
                way,
                "at most 50 ns",
                false,
                50,
                figures -> figures.slope(
                        row.with("workers", Integer.toString(from)),
                        row.with("workers", Integer.toString(to)),
                        to - from));
    }
}
