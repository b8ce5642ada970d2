package io.heliograph.jmh.report;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of a question: a line for each row, without its empty columns. */
final class Table {
    private static final String SUN_MISC = "sun.misc";

    private final Figures figures;
    private final List<Column> columns;

    Table(Figures figures) {
        this.figures = figures;
        this.columns = List.of(
                new Column("contender", "---", Row::name),
                new Column("median", "---:", row -> figure(row, figures.median(row, Measurement::p50))),
                new Column("99th", "---:", row -> percentile(row, 99, Measurement::p99)),
                new Column("99.9th", "---:", row -> percentile(row, 99.9, Measurement::p999)),
                new Column("times faster than `sun.misc`", "---:", this::timesFaster),
                new Column(
                        "of C",
                        "---:",
                        row -> Floors.of(row).map(floor -> ratio(row, floor)).orElse("")),
                new Column("of `none`", "---:", row -> ratio(row, row.of("none"))),
                new Column("of `empty-agent`", "---:", row -> ratio(row, row.of("empty-agent"))),
                new Column("of `not-looking`", "---:", row -> ratio(row, row.of("not-looking"))),
                new Column(
                        "rounds",
                        "---:",
                        row -> Integer.toString(figures.rounds(row).size())),
                new Column("samples", "---:", this::samples),
                new Column("checked, in the last round", "---", this::check));
    }

    private record Column(String head, String alignment, Function<Row, String> cell) {}

    String of(String question) {
        List<Row> rows = figures.rows(question);
        List<Column> filled = columns.stream()
                .filter(column ->
                        rows.stream().anyMatch(row -> !column.cell.apply(row).isEmpty()))
                .toList();
        return line(filled.stream().map(Column::head))
                + line(filled.stream().map(Column::alignment))
                + rows.stream()
                        .map(row -> line(filled.stream().map(column -> column.cell.apply(row))))
                        .collect(Collectors.joining());
    }

    private static String line(Stream<String> cells) {
        return cells.collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String figure(Row row, OptionalDouble value) {
        if (value.isEmpty()) {
            return "";
        }
        return row.unit().equals("ns")
                ? Report.time(value.getAsDouble())
                : Report.number(value.getAsDouble()) + " " + row.unit();
    }

    private String percentile(Row row, double percentile, ToDoubleFunction<Measurement> value) {
        return figures.hasSamplesFor(row, percentile) ? figure(row, figures.median(row, value)) : "";
    }

    private String timesFaster(Row row) {
        return row.unit().equals("ns") && !row.contender().equals(SUN_MISC) ? ratio(row.of(SUN_MISC), row) : "";
    }

    /** Empty if the two were not measured, are the same, or one is the empty run. */
    private String ratio(Row above, Row below) {
        if (above.equals(below)
                || Stream.of(above, below).anyMatch(row -> row.contender().equals("nothing"))) {
            return "";
        }
        return figures.ratio(above, below)
                .map(ratio -> Report.number(ratio.getPercentile(50)))
                .orElse("");
    }

    /** Empty if each round has one figure. */
    private String samples(Row row) {
        long samples = figures.samples(row);
        return samples > figures.rounds(row).size() ? Long.toString(samples) : "";
    }

    private String check(Row row) {
        List<Measurement> rounds = figures.rounds(row);
        return rounds.get(rounds.size() - 1).check();
    }
}
