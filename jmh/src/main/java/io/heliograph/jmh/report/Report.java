package io.heliograph.jmh.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.openjdk.jmh.util.Statistics;

/** The files that a run leaves. */
public final class Report {
    public static final String FILE = "report.md";
    public static final String RESULTS = "results.json";

    private static final String HOW_TO_READ = """
            A figure is the median over the rounds. A ratio is computed in each round, then the median over the rounds is taken:
            so it may differ from the quotient of two figures in the table. "By round" gives the least and the most. A
            percentile is omitted if fewer than ten samples lie beyond it. `results.json` has the rounds, and what was checked.
            """;

    private static final String QUESTIONS = """
            - **raise-to-worker**: from raise() until the raising thread, which spins, sees that the worker ran. C is in the same
              process.
            - **interrupted-thread**: the processor time that a signal from another process takes from the thread that it
              interrupts; the three take turns in one process. "Looking" reads who sent it.
            - **burst**: 100 signals raised without a wait, until the last is handled: the time of one. **allocation**: what all
              threads allocate for one event, and the threads that it starts.
            - **outside**: from another process's kill() to the worker. **slice**: the same, while the sender switches the
              scheduler slice of one process's reading thread on ("short") and off ("usual"). **-busy**: beside two busy loops for
              each processor.
            - **start-up**: from the start of the process to the first line of its main. **tool**: from start to end of
              `jcmd -h` that finds the agent in JAVA_TOOL_OPTIONS.
            - **idle**: an app that receives no signal: its steps a second where it is busy, its resident memory where not.
            """;

    private final Results results;
    private final Figures figures;
    private final Causes causes;

    private Report(Results results, Causes causes) {
        this.results = results;
        this.figures = new Figures(results.measurements());
        this.causes = causes;
    }

    /**
     * Writes the raw figures, the plot, the report and the part for the README.
     *
     * @return the table of bounds, for the terminal
     */
    public static String write(Results results, Path folder, Causes causes) throws IOException {
        results.write(folder.resolve(RESULTS));
        Report report = new Report(results, causes);
        Files.writeString(folder.resolve(FILE), report.text(folder), StandardCharsets.UTF_8);
        Files.writeString(folder.resolve(Readme.FILE), new Readme(report.figures).text(), StandardCharsets.UTF_8);
        return report.bounds();
    }

    private String text(Path folder) throws IOException {
        return "# Heliograph, measured\n\n" + head() + "## Bounds\n\n" + HOW_TO_READ + "\n" + bounds() + "\n"
                + Plot.write(figures, folder) + "\n## Figures\n\n" + QUESTIONS + "\n" + new Table(figures).text();
    }

    private String head() {
        Machine machine = results.machine();
        StringBuilder text = new StringBuilder("| | |\n|---|---|\n");
        line(text, "machine", machine.processor() + ", " + machine.cores() + " cores");
        line(text, "kernel", machine.kernel() + ", governor " + machine.governor());
        line(text, "JDK", machine.jdk());
        line(text, "run", results.effort() + ", from " + machine.begin() + " to " + machine.end());
        line(text, "commit", results.commit());
        line(text, "load average before", machine.load());
        line(text, "work of other processes", machine.others() + " cores, on average");
        if (machine.wasBusy()) {
            text.append(
                    "\n**The machine had other work to do:** only the ratios mean something, and the tails little.\n");
        }
        if (results.effort().equals("smoke")) {
            text.append("\n**A smoke run: the figures mean nothing.**\n");
        }
        for (String note : results.notes()) {
            text.append("\nNot measured: ").append(note).append('\n');
        }
        return text.append('\n').toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("| ").append(name).append(" | ").append(value).append(" |\n");
    }

    /** A line for each bound, whether it is met or not. */
    private String bounds() {
        StringBuilder text =
                new StringBuilder("| subject | bound | measured | by round | |\n|---|---|---:|---:|---|\n");
        for (Bound bound : Bound.all()) {
            Optional<Statistics> figure = bound.value().apply(figures);
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %s |\n",
                    bound.subject(),
                    bound.rule(),
                    figure.map(found -> number(found.getPercentile(50))).orElse(""),
                    figure.map(Report::range).orElse(""),
                    figure.map(found -> verdict(bound, found)).orElse("not measured in this run")));
        }
        return text.toString();
    }

    private String verdict(Bound bound, Statistics figure) {
        // A bar ends a column of the table.
        return bound.isMetBy(figure.getPercentile(50))
                ? "met"
                : "**NOT MET**: " + causes.of(bound).replace("|", "\\|");
    }

    private static String range(Statistics rounds) {
        return rounds.getN() == 1
                ? "one round"
                : number(rounds.getMin()) + "–" + number(rounds.getMax()) + ", " + rounds.getN() + " rounds";
    }

    /** A time, to three digits. */
    static String time(double nanos) {
        if (nanos < 999.5) {
            return number(nanos) + " ns";
        }
        return nanos < 999_500 ? number(nanos / 1e3) + " µs" : number(nanos / 1e6) + " ms";
    }

    /** A number, to three digits. */
    static String number(double value) {
        double size = Math.abs(value);
        String format = size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
