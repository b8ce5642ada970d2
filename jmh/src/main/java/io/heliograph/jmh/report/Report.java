package io.heliograph.jmh.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files that a run leaves. */
public final class Report {
    public static final String FILE = "report.md";

    private Report() {}

    /**
     * Writes the raw figures, the plots and the text.
     *
     * @param causes why bounds are not met
     * @return the table of bounds, for who waits at the terminal
     */
    public static String write(Results results, Path folder, Causes causes) throws IOException {
        results.write(folder.resolve("results.json"));
        List<Plots.Plot> plots = Plots.write(new Figures(results.measurements()), folder);
        Markdown text = new Markdown(results, causes);
        Files.writeString(folder.resolve(FILE), text.report(plots), StandardCharsets.UTF_8);
        return text.bounds();
    }
}
