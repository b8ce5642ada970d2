package io.heliograph.jmh.report;

import io.heliograph.jmh.report.Figures.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The table of a question: a line for each contender, and no column that has nothing in it. */
final class Table {
    private static final String SUN_MISC = "sun.misc";

    private final Figures figures;
    private final List<Column> columns;

    Table(Figures figures) {
        this.figures = figures;
        this.columns = List.of(
                new Column("contender", "---", Table::name),
                new Column("median", "---:", row -> figure(row, figures.median(row, Measurement::p50))),
                new Column("99th", "---:", row -> percentile(row, 99, Measurement::p99)),
                new Column("99.9th", "---:", row -> percentile(row, 99.9, Measurement::p999)),
                new Column("times faster than `" + SUN_MISC + "`", "---:", this::timesFaster),
                new Column("of C", "---:", row -> row.unit().equals("ns") ? ratio(row, Peers.floor(row)) : ""),
                new Column("of `none`", "---:", row -> ratio(row, "none")),
                new Column("of `empty-agent`", "---:", row -> ratio(row, "empty-agent")),
                new Column("of `not-looking`", "---:", row -> ratio(row, "not-looking")),
                new Column(
                        "rounds",
                        "---:",
                        row -> Integer.toString(figures.rounds(row).size())),
                new Column("samples", "---:", row -> isSpread(row) ? Long.toString(figures.samples(row)) : ""),
                new Column("checked, in the last round", "---", this::check));
    }

    private record Column(String head, String alignment, Function<Row, String> cell) {}

    String table(String question) {
        List<Row> rows = figures.rows(question);
        List<Column> filled = columns.stream()
                .filter(column ->
                        rows.stream().anyMatch(row -> !column.cell.apply(row).isEmpty()))
                .toList();
        List<String> lines = new ArrayList<>();
        lines.add("| " + filled.stream().map(Column::head).collect(Collectors.joining(" | ")) + " |\n");
        lines.add("|" + filled.stream().map(Column::alignment).collect(Collectors.joining("|")) + "|\n");
        for (Row row : rows) {
            lines.add("| "
                    + filled.stream().map(column -> column.cell.apply(row)).collect(Collectors.joining(" | "))
                    + " |\n");
        }
        return String.join("", lines);
    }

    private static String name(Row row) {
        String parameters = new TreeMap<>(row.parameters())
                .entrySet().stream()
                        .map(parameter -> parameter.getKey() + " " + parameter.getValue())
                        .collect(Collectors.joining(", "));
        return parameters.isEmpty() ? row.contender() : row.contender() + ", " + parameters;
    }

    private static String figure(Row row, OptionalDouble value) {
        if (value.isEmpty()) {
            return "";
        }
        if (row.unit().equals("ns")) {
            return Markdown.time(value.getAsDouble());
        }
        return Markdown.number(value.getAsDouble()) + " " + row.unit();
    }

    private String percentile(Row row, double percentile, ToDoubleFunction<Measurement> value) {
        return figures.hasSamplesFor(row, percentile) ? figure(row, figures.median(row, value)) : "";
    }

    /** Whether it has samples, and not just one figure a round. */
    private boolean isSpread(Row row) {
        return figures.rounds(row).stream().anyMatch(measurement -> measurement.count() > 1);
    }

    private String timesFaster(Row row) {
        return isCompared(row, SUN_MISC) && row.unit().equals("ns") ? said(figures.ratio(row.of(SUN_MISC), row)) : "";
    }

    private String ratio(Row row, String other) {
        return isCompared(row, other) ? said(figures.ratio(row, row.of(other))) : "";
    }

    private static boolean isCompared(Row row, String other) {
        return !row.contender().equals(other) && !row.contender().equals("nothing");
    }

    private static String said(Optional<Figures.Spread> ratio) {
        return ratio.map(found -> Markdown.number(found.median())).orElse("");
    }

    private String check(Row row) {
        List<Measurement> rounds = figures.rounds(row);
        return rounds.get(rounds.size() - 1).check();
    }
}
