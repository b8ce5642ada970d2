package io.heliograph.jmh.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.util.Statistics;

/** The files that a run leaves. */
public final class Report {
    public static final String FILE = "report.md";
    public static final String RESULTS = "results.json";

    private static final Map<String, String> QUESTIONS = Map.ofEntries(
            Map.entry(
                    "raise-to-worker", "From raise() until the raising thread, which spins, sees that the worker ran."),
            Map.entry("interrupted-thread", "The time that raise() takes from its thread, with the signal handler."),
            Map.entry("burst", "100 signals raised without a wait, until the last is handled: the time of one."),
            Map.entry("fan-out", "One signal to many inline workers, until the last of them has run."),
            Map.entry("allocation", "Bytes that all threads allocate for one event, and threads that it starts."),
            Map.entry("outside", "From another process's kill() until the worker runs."),
            Map.entry("outside-busy", "The same, beside two busy loops for each processor."),
            Map.entry(
                    "senders",
                    "Signals from processes that end at once: how often the worker learns the sender's command, its command line, and the script that started it."),
            Map.entry(
                    "interrupted-from-outside",
                    "The processor time that a signal from another process takes from the thread that it interrupts."),
            Map.entry("flood", "The work of a busy app that receives 100,000 USR1 a second."),
            Map.entry("start-up", "From the start of the process to the first line of its main."),
            Map.entry("start-up-cpu", "The processor time of all its threads up to that line."),
            Map.entry("busy", "The work of a busy app that receives no signal."),
            Map.entry("memory", "The resident memory of an app that does nothing."));

    private static final String HOW_TO_READ = """
            A figure is the median over the rounds. A ratio is computed in each round, then the median over the rounds is taken:
            so it may differ from the quotient of two figures in the table. "By round" gives the least and the most. `nothing` is
            the empty run: the same loop without a signal.

            A percentile is omitted if fewer than ten samples lie beyond it; the curves of the plots end there. JMH's percentiles
            are of the calls that JMH samples, interpolated. Those of C are the nearest rank of all samples; the others are
            HdrHistogram's of all samples, to three digits.""";

    private final Results results;
    private final Figures figures;
    private final Causes causes;

    private Report(Results results, Causes causes) {
        this.results = results;
        this.figures = new Figures(results.measurements());
        this.causes = causes;
    }

    /**
     * Writes the raw figures, the plots and the text.
     *
     * @return the table of bounds, for the terminal
     */
    public static String write(Results results, Path folder, Causes causes) throws IOException {
        results.write(folder.resolve(RESULTS));
        Report report = new Report(results, causes);
        Files.writeString(folder.resolve(FILE), report.text(folder), StandardCharsets.UTF_8);
        return report.bounds();
    }

    private String text(Path folder) throws IOException {
        StringBuilder text = new StringBuilder("# Heliograph, measured\n\n");
        text.append(head()).append("## Bounds\n\n").append(bounds()).append('\n');
        Table table = new Table(figures);
        Plots plots = new Plots(figures, folder);
        for (String question : figures.questions()) {
            text.append("## ").append(question).append("\n\n");
            text.append(QUESTIONS.getOrDefault(question, "")).append("\n\n");
            text.append(table.of(question)).append('\n').append(plots.write(question));
        }
        return text.toString();
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
        return text.append('\n').append(HOW_TO_READ).append("\n\n").toString();
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
