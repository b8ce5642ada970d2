package io.heliograph.jmh.report;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of all figures: a line for each row. */
final class Table {
    private static final String SUN_MISC = "sun.misc";

    private final Figures figures;

    Table(Figures figures) {
        this.figures = figures;
    }

    String text() {
        return "| question | contender | median | 99th | 99.9th | compared with | times faster than `sun.misc` |\n"
                + "|---|---|---:|---:|---:|---:|---:|\n"
                + figures.questions().stream()
                        .flatMap(question -> figures.rows(question).stream())
                        .map(row -> Stream.of(
                                        row.question(),
                                        row.name(),
                                        median(row),
                                        percentile(row, 99, Measurement::p99),
                                        percentile(row, 99.9, Measurement::p999),
                                        compared(row),
                                        timesFaster(row))
                                .collect(Collectors.joining(" | ", "| ", " |\n")))
                        .collect(Collectors.joining());
    }

    private static String figure(Row row, OptionalDouble value) {
        if (value.isEmpty()) {
            return "";
        }
        return row.unit().equals("ns")
                ? Report.time(value.getAsDouble())
                : Report.number(value.getAsDouble()) + " " + row.unit();
    }

    /** Empty if too few samples lie beyond it. */
    String percentile(Row row, double percentile, ToDoubleFunction<Measurement> value) {
        return figures.hasSamplesFor(row, percentile) ? figure(row, figures.median(row, value)) : "";
    }

    String median(Row row) {
        return figure(row, figures.median(row, Measurement::p50));
    }

    private String compared(Row row) {
        Optional<Row> baseline = Baselines.of(row);
        return baseline.flatMap(below -> figures.ratio(Measurement::p50, row, below))
                .map(ratio -> Report.number(ratio.getPercentile(50)) + " of `"
                        + baseline.orElseThrow().contender() + "`")
                .orElse("");
    }

    private String timesFaster(Row row) {
        boolean isCompared = row.unit().equals("ns")
                && !row.contender().equals(SUN_MISC)
                && !row.contender().equals("nothing");
        return isCompared
                ? figures.ratio(Measurement::p50, row.of(SUN_MISC), row)
                        .map(ratio -> Report.number(ratio.getPercentile(50)))
                        .orElse("")
                : "";
    }
}
