package io.heliograph.jmh.report;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.util.Statistics;

/** The part of the README that comes from a run: a small table and a sentence of the other figures. */
final class Readme {
    static final String FILE = "readme.md";

    private final Figures figures;
    private final Table table;

    Readme(Figures figures) {
        this.figures = figures;
        this.table = new Table(figures);
    }

    String text() {
        return "| from `kill` to the worker | median | 99th | median, busy | 99th, busy |\n"
                + "|---|---:|---:|---:|---:|\n"
                + Stream.of(
                                Map.entry("heliograph", "Heliograph, inline worker"),
                                Map.entry("sun.misc", "`sun.misc.Signal`"),
                                Map.entry("c-two-hops-slice", "C, the same hops and time slice"),
                                Map.entry("c-two-hops", "C, the same hops"),
                                Map.entry("python3", "Python"),
                                Map.entry("node", "Node"))
                        .map(contender -> line(contender.getKey(), contender.getValue()))
                        .collect(Collectors.joining())
                + "\n" + others();
    }

    private String line(String contender, String name) {
        return Stream.of("outside", "outside-busy")
                .map(question -> Row.ns(question, contender))
                .flatMap(row -> Stream.of(table.median(row), table.percentile(row, 99, Measurement::p99)))
                .collect(Collectors.joining(" | ", "| " + name + " | ", " |\n"));
    }

    private String others() {
        Row start = Row.ns("start-up", "heliograph-agent");
        Row idle = Row.ns("idle", "heliograph-agent");
        return "An event to an inline worker allocates "
                + table.median(Row.ns("allocation", "inline-blocking").in("bytes"))
                + " and starts no thread. Compared with an empty `-javaagent`, a start takes "
                + ofBaseline(start.of("heliograph-agentpath")) + " of the time with `-agentpath` and "
                + ofBaseline(start) + " with `-javaagent`; an app that receives no signal has "
                + ofBaseline(idle.in("1/s")) + " of the throughput and " + ofBaseline(idle.in("KiB"))
                + " of the memory.\n";
    }

    private String ofBaseline(Row row) {
        return Baselines.of(row)
                .flatMap(below -> figures.ratio(Measurement::p50, row, below))
                .map((Statistics ratio) -> Report.number(ratio.getPercentile(50)))
                .orElse("(not measured)");
    }
}
