package io.heliograph.jmh.report;

import io.heliograph.jmh.report.Figures.Row;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The report's text. */
final class Markdown {
    /** What each question means, for who reads the report alone. */
    private static final Map<String, String> QUESTIONS = Map.ofEntries(
            Map.entry(
                    "raise-to-worker", "From raise() until the raising thread, which spins, sees that the worker ran."),
            Map.entry("interrupted-thread", "What raise() costs the thread itself, to the return from the handler."),
            Map.entry(
                    "burst",
                    "100 signals raised without a wait, until the last is handled: the time for each of them."),
            Map.entry("fan-out", "One signal to many inline workers, until the last of them has run."),
            Map.entry("catching", "Raise to inline worker while that many signals are caught."),
            Map.entry("registering", "A worker registered, and its registration closed again."),
            Map.entry("allocation", "What one event takes: bytes allocated, and threads started, by all threads."),
            Map.entry("outside", "From another process's kill() until the worker runs."),
            Map.entry("start-up", "From the start of the process to the first line of its main."),
            Map.entry("start-up-cpu", "The processor time of all its threads up to that line."),
            Map.entry("busy", "Work done by a busy app, in which no signal arrives."),
            Map.entry("memory", "Resident memory of an app that does nothing."));

    private final Results results;
    private final Figures figures;
    private final Causes causes;

    Markdown(Results results, Causes causes) {
        this.results = results;
        this.figures = new Figures(results.measurements());
        this.causes = causes;
    }

    String report(List<Plots.Plot> plots) {
        StringBuilder text = new StringBuilder("# Heliograph, measured\n\n");
        text.append(machine()).append('\n');
        text.append("## Bounds\n\n").append(bounds()).append('\n');
        for (String question : figures.questions()) {
            text.append("## ").append(question).append("\n\n");
            if (QUESTIONS.containsKey(question)) {
                text.append(QUESTIONS.get(question)).append("\n\n");
            }
            text.append(table(question)).append('\n');
            for (Plots.Plot plot : plots) {
                if (plot.question().equals(question)) {
                    text.append("![")
                            .append(plot.title())
                            .append("](")
                            .append(plot.file())
                            .append(")\n\n");
                }
            }
        }
        return text.toString();
    }

    private String machine() {
        Machine machine = results.machine();
        int rounds = 1
                + results.measurements().stream()
                        .mapToInt(Measurement::round)
                        .max()
                        .orElse(0);
        StringBuilder text = new StringBuilder();
        text.append("| | |\n|---|---|\n");
        line(text, "machine", machine.processor() + ", " + machine.cores() + " cores");
        line(text, "kernel", machine.kernel() + ", governor " + machine.governor());
        line(text, "JDK", machine.jdk());
        line(
                text,
                "run",
                results.effort() + ", " + rounds + (rounds == 1 ? " round" : " rounds") + ", from " + machine.begun()
                        + " to " + machine.end());
        line(text, "load average", machine.loadBefore() + " before, " + machine.loadAfter() + " after");
        if (machine.wasBusy()) {
            text.append(
                    "\n**The machine had other work to do:** only the ratios tell something, and the tails little.\n");
        }
        if (results.effort().equals("smoke")) {
            text.append("\n**A smoke run: the figures mean nothing.**\n");
        }
        for (String note : results.notes()) {
            text.append("\nNot measured: ").append(note).append('\n');
        }
        text.append(
                "\nFigures are medians over the rounds. A ratio is of two medians of one round, and then the median over"
                        + " the rounds. `nothing` is the empty run: the same loop without a signal.\n");
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("| ").append(name).append(" | ").append(value).append(" |\n");
    }

    /** Each bound in a line of its own, met or not. */
    String bounds() {
        StringBuilder text = new StringBuilder("| way | bound | measured | |\n|---|---|---|---|\n");
        for (Bound bound : Bound.all()) {
            OptionalDouble figure = bound.value().of(figures);
            String verdict;
            if (figure.isEmpty()) {
                verdict = "not measured in this run";
            } else if (bound.isMetBy(figure.getAsDouble())) {
                verdict = "met";
            } else {
                verdict = "**NOT MET**: " + causes.of(bound);
            }
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s |\n",
                    bound.way(),
                    bound.rule(),
                    figure.isEmpty() ? "" : number(figure.getAsDouble()),
                    verdict));
        }
        return text.toString();
    }

    private String table(String question) {
        StringBuilder text =
                new StringBuilder("| contender | median | 99th | 99.9th | times faster than `sun.misc` | of C |"
                        + " checked, in the last round |\n|---|---:|---:|---:|---:|---:|---|\n");
        for (Row row : figures.rows(question)) {
            List<Measurement> rounds = figures.rounds(row);
            boolean isSpread = rounds.get(0).count() > 1;
            text.append("| ").append(name(row));
            text.append(" | ").append(figure(row, figures.median(row, Measurement::p50)));
            text.append(" | ").append(isSpread ? figure(row, figures.median(row, Measurement::p99)) : "");
            text.append(" | ").append(isSpread ? figure(row, figures.median(row, Measurement::p999)) : "");
            text.append(" | ").append(ratio(row, "sun.misc", true));
            text.append(" | ").append(ratio(row, Peers.floor(row), false));
            text.append(" | ").append(rounds.get(rounds.size() - 1).check()).append(" |\n");
        }
        return text.toString();
    }

    private String ratio(Row row, String other, boolean isFaster) {
        if (!row.unit().equals("ns") || other.isEmpty() || row.contender().equals(other)) {
            return "";
        }
        OptionalDouble ratio = isFaster ? figures.ratio(row.of(other), row) : figures.ratio(row, row.of(other));
        return ratio.isEmpty() || row.contender().equals("nothing") ? "" : number(ratio.getAsDouble());
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
            return time(value.getAsDouble());
        }
        return number(value.getAsDouble()) + " " + row.unit();
    }

    /** Three digits that count. */
    static String time(double nanos) {
        if (nanos < 999.5) {
            return number(nanos) + " ns";
        }
        return nanos < 999_500 ? number(nanos / 1e3) + " µs" : number(nanos / 1e6) + " ms";
    }

    static String number(double value) {
        double size = Math.abs(value);
        String format = size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
