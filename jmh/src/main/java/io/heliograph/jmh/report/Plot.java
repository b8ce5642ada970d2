package io.heliograph.jmh.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The report's plot: latency from outside by percentile, quiet and busy. */
final class Plot {
    static final String TITLE =
            "From another process's kill() to the worker (dashed: beside two busy loops a processor)";

    private static final String FILE = "latency.svg";
    private static final List<String> CONTENDERS =
            List.of("heliograph", "sun.misc", "c-two-hops-slice", "python3", "node");

    /** A shorter curve has no tail; the table has its median. */
    private static final int LEAST_POINTS = 90;

    private Plot() {}

    /** Writes it, and returns its line of Markdown; empty if there is nothing to plot. */
    static String write(Figures figures, Path folder) throws IOException {
        Chart chart = new Chart(TITLE, "percentile");
        double[] percentiles = Measurement.percentiles();
        for (String question : List.of("outside", "outside-busy")) {
            boolean isBusy = question.equals("outside-busy");
            for (int place = 0; place < CONTENDERS.size(); place++) {
                double[] curve = figures.curve(Row.ns(question, CONTENDERS.get(place)));
                if (curve.length > LEAST_POINTS) {
                    chart.line(CONTENDERS.get(place) + (isBusy ? ", busy" : ""), place, isBusy);
                    for (int i = 0; i < curve.length; i++) {
                        chart.point(percentiles[i], curve[i]);
                    }
                }
            }
        }
        if (chart.isEmpty()) {
            return "";
        }
        chart.write(folder.resolve(FILE));
        return "![" + TITLE + "](" + FILE + ")\n";
    }
}
