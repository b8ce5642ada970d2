package io.heliograph.jmh.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The report's plots. Each has one question; returned is its title and file in Markdown, or nothing. */
final class Plots {
    /** A shorter curve has no tail; the table has its median. */
    private static final int LEAST_POINTS = 90;

    private final Figures figures;
    private final Path folder;

    Plots(Figures figures, Path folder) {
        this.figures = figures;
        this.folder = folder;
    }

    String write(String question) throws IOException {
        return question.equals("fan-out")
                ? workers(question).orElse("")
                : latencies(question).orElse("");
    }

    /** Latency by percentile, a line for each contender. */
    private Optional<String> latencies(String question) throws IOException {
        Chart chart = new Chart(question + ": latency by percentile", "percentile", Chart.Scale.NINES);
        double[] percentiles = Measurement.percentiles();
        for (Row row : figures.rows(question)) {
            double[] curve = figures.curve(row);
            if (isTime(row) && row.parameters().isEmpty() && curve.length > LEAST_POINTS) {
                chart.line(row.contender());
                for (int i = 0; i < curve.length; i++) {
                    chart.point(percentiles[i], curve[i]);
                }
            }
        }
        return save(chart, question + ": latency by percentile", "latency-" + question + ".svg");
    }

    /** Cost by number of workers, a line for each contender. */
    private Optional<String> workers(String question) throws IOException {
        String title = question + ": cost by number of workers";
        Chart chart = new Chart(title, "workers on the signal", Chart.Scale.POWERS_OF_TEN);
        for (String contender :
                figures.rows(question).stream().map(Row::contender).distinct().toList()) {
            if (isTime(Row.ns(question, contender))) {
                chart.line(contender);
                for (Row row : figures.rows(question)) {
                    if (row.contender().equals(contender)) {
                        chart.point(
                                Double.parseDouble(row.parameters().getOrDefault("workers", "1")),
                                figures.median(row, Measurement::p50).orElseThrow());
                    }
                }
            }
        }
        return save(chart, title, "workers.svg");
    }

    /** Whether it is the time of a signal, and no rate and no empty run. */
    private static boolean isTime(Row row) {
        return row.unit().equals("ns") && !row.contender().equals("nothing");
    }

    private Optional<String> save(Chart chart, String title, String file) throws IOException {
        if (chart.isEmpty()) {
            return Optional.empty();
        }
        chart.write(folder.resolve(file));
        return Optional.of("![" + title + "](" + file + ")\n\n");
    }
}
