package io.heliograph.jmh.report;

import io.heliograph.jmh.report.Figures.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The report's pictures, as SVG. */
final class Plots {
    /** A curve that ends before that percentile shows no tail; the table has its median. */
    private static final int LEAST_POINTS = 90;

    private final Figures figures;
    private final Path folder;
    private final List<Plot> made = new ArrayList<>();

    private Plots(Figures figures, Path folder) {
        this.figures = figures;
        this.folder = folder;
    }

    /** A picture that is there. */
    record Plot(String question, String title, String file) {}

    static List<Plot> write(Figures figures, Path folder) throws IOException {
        Plots plots = new Plots(figures, folder);
        for (String question : figures.questions()) {
            plots.writeLatencies(question);
        }
        plots.writeWorkers();
        return plots.made;
    }

    /** Latency by percentile, a line for each contender. Each further nine has the same width. */
    private void writeLatencies(String question) throws IOException {
        Map<String, double[]> curves = new LinkedHashMap<>();
        for (Row row : figures.rows(question)) {
            double[] curve = figures.curve(row);
            // Bytes and rates are no latencies.
            if (row.unit().equals("ns")
                    && curve.length > LEAST_POINTS
                    && row.parameters().isEmpty()
                    && !row.contender().equals("nothing")) {
                curves.put(row.contender(), curve);
            }
        }
        if (curves.isEmpty()) {
            return;
        }
        String title = question + ": latency by percentile";
        Chart chart = new Chart(title, "percentile", Chart.Scale.NINES);
        curves.forEach((contender, curve) -> chart.add(
                contender,
                Arrays.copyOf(Measurement.percentiles(), curve.length),
                Arrays.stream(curve).map(Plots::micros).toArray()));
        save(chart, new Plot(question, title, "latency-" + question + ".svg"));
    }

    /** Cost against number of workers. */
    private void writeWorkers() throws IOException {
        Map<String, TreeMap<Double, Double>> lines = new LinkedHashMap<>();
        for (Row row : figures.rows("fan-out")) {
            if (!row.contender().equals("nothing")) {
                lines.computeIfAbsent(row.contender(), any -> new TreeMap<>())
                        .put(
                                Double.valueOf(row.parameters().getOrDefault("workers", "1")),
                                micros(figures.median(row, Measurement::p50).orElseThrow()));
            }
        }
        if (lines.isEmpty()) {
            return;
        }
        String title = "fan-out: cost against number of workers";
        Chart chart = new Chart(title, "workers on the signal", Chart.Scale.POWERS_OF_TEN);
        lines.forEach((contender, points) ->
                chart.add(contender, values(List.copyOf(points.keySet())), values(List.copyOf(points.values()))));
        save(chart, new Plot("fan-out", title, "workers.svg"));
    }

    private void save(Chart chart, Plot plot) throws IOException {
        chart.write(folder.resolve(plot.file));
        made.add(plot);
    }

    private static double[] values(List<Double> list) {
        return list.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** At least a nanosecond, as a logarithmic axis has no 0. */
    private static double micros(double nanos) {
        return Math.max(nanos, 1) / 1e3;
    }
}
