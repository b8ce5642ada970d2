package io.heliograph.jmh.report;

import io.heliograph.jmh.report.Figures.Row;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The report's pictures, as SVG. */
final class Plots {
    private static final Pattern LONG_NUMBER = Pattern.compile("(\\d\\.\\d\\d)\\d+");

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
            if (curve.length > 0
                    && row.parameters().isEmpty()
                    && !row.contender().equals("nothing")) {
                curves.put(row.contender(), curve);
            }
        }
        if (curves.isEmpty()) {
            return;
        }
        XYChart chart = chart(question + ": latency by percentile", "percentile");
        double[] places = Measurement.percentiles();
        for (int i = 0; i < places.length; i++) {
            places[i] = -Math.log10(1 - places[i] / 100);
        }
        chart.getStyler().setXAxisMin(0.0).setXAxisMax(4.0);
        chart.getStyler().setxAxisTickLabelsFormattingFunction(Plots::percentile);
        curves.forEach((contender, curve) -> chart.addSeries(
                        contender,
                        places,
                        Arrays.stream(curve).map(Plots::micros).toArray())
                .setMarker(SeriesMarkers.NONE));
        save(chart, new Plot(question, chart.getTitle(), "latency-" + question + ".svg"));
    }

    /** Cost against number of workers. */
    private void writeWorkers() throws IOException {
        Map<String, TreeMap<Double, Double>> lines = new LinkedHashMap<>();
        for (Row row : figures.rows("fan-out")) {
            lines.computeIfAbsent(row.contender(), any -> new TreeMap<>())
                    .put(
                            Double.valueOf(row.parameters().getOrDefault("workers", "1")),
                            micros(figures.median(row, Measurement::p50).orElseThrow()));
        }
        if (lines.isEmpty()) {
            return;
        }
        XYChart chart = chart("fan-out: cost against number of workers", "workers on the signal");
        chart.getStyler().setXAxisLogarithmic(true);
        lines.forEach((contender, points) ->
                chart.addSeries(contender, new ArrayList<>(points.keySet()), new ArrayList<>(points.values())));
        save(chart, new Plot("fan-out", chart.getTitle(), "workers.svg"));
    }

    private static XYChart chart(String title, String xAxis) {
        XYChart chart = new XYChartBuilder()
                .width(900)
                .height(500)
                .title(title)
                .xAxisTitle(xAxis)
                .yAxisTitle("microseconds")
                .theme(Styler.ChartTheme.XChart)
                .build();
        chart.getStyler().setYAxisLogarithmic(true);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideE);
        return chart;
    }

    private void save(XYChart chart, Plot plot) throws IOException {
        ByteArrayOutputStream svg = new ByteArrayOutputStream();
        VectorGraphicsEncoder.saveVectorGraphic(chart, svg, VectorGraphicsFormat.SVG);
        Files.writeString(
                folder.resolve(plot.file), rounded(svg.toString(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
        made.add(plot);
    }

    /** Letters are drawn as outlines of ten digits a number: two decimals are enough, and half the size. */
    private static String rounded(String svg) {
        return LONG_NUMBER.matcher(svg).replaceAll("$1");
    }

    /** At least a nanosecond, as a logarithmic axis has no 0. */
    private static double micros(double nanos) {
        return Math.max(nanos, 1) / 1e3;
    }

    /** For each place on the axis another one, as XChart looks for places until all labels differ. */
    private static String percentile(double nines) {
        String text = String.format(Locale.ROOT, "%.5f", 100 * (1 - Math.pow(10, -nines)));
        return text.replaceAll("\\.?0+$", "");
    }
}
