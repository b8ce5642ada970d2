package io.heliograph.jmh.report;

import io.heliograph.jmh.report.Figures.Row;
import io.heliograph.jmh.report.Figures.Spread;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The report's text. */
final class Markdown {
    /** What each question means, for who reads the report alone. */
    private static final Map<String, String> QUESTIONS = Map.ofEntries(
            Map.entry(
                    "raise-to-worker", "From raise() until the raising thread, which spins, sees that the worker ran."),
            Map.entry("interrupted-thread", "What raise() costs the thread itself, to the return from the handler."),
            Map.entry(
                    "in-turn",
                    "The same two times of raises that take turns in one JVM, with those of a bare handler and its reader in C."),
            Map.entry(
                    "burst",
                    "100 signals raised without a wait, until the last is handled: the time for each of them."),
            Map.entry("fan-out", "One signal to many inline workers, until the last of them has run."),
            Map.entry("catching", "Raise to inline worker while that many signals are caught."),
            Map.entry("registering", "A worker registered, and its registration closed again."),
            Map.entry("allocation", "What one event takes: bytes allocated, and threads started, by all threads."),
            Map.entry("outside", "From another process's kill() until the worker runs."),
            Map.entry("outside-busy", "The same, beside two busy loops for each processor."),
            Map.entry(
                    "senders",
                    "Signals from processes that end at once: of how many the worker knows the command, its command line, and the script that started it."),
            Map.entry(
                    "interrupted-from-outside",
                    "The processor time that a signal from another process takes from the thread that it interrupts."),
            Map.entry("flood", "Work done by a busy app that receives 100,000 USR1 a second."),
            Map.entry("start-up", "From the start of the process to the first line of its main."),
            Map.entry("start-up-cpu", "The processor time of all its threads up to that line."),
            Map.entry("busy", "Work done by a busy app, in which no signal arrives."),
            Map.entry("memory", "Resident memory of an app that does nothing."));

    private static final String HOW_TO_READ = """
            Figures are medians over the rounds; a percentile is found in each round by itself. A ratio is of two medians of the
            same round, and then the median over the rounds that both took part in, which may be fewer than a row has: so it need
            not be the quotient of the two figures in the table. "By round" is from the least to the most of the rounds. `nothing`
            is the empty run: the same loop without a signal.

            Percentiles of JMH's benchmarks are of the calls that JMH samples, kept to three digits and interpolated; those from
            outside and of the idle apps are HdrHistogram's of all samples, to three digits; those of C are the nearest rank of
            all samples. A percentile that fewer than ten samples of all rounds together lie beyond is left out, and the curves of
            the plots end there.""";

    private final Results results;
    private final Figures figures;
    private final Table tables;
    private final Causes causes;

    Markdown(Results results, Causes causes) {
        this.results = results;
        this.figures = new Figures(results.measurements());
        this.tables = new Table(figures);
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
            text.append(tables.table(question)).append('\n');
            text.append(net(question));
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
        line(text, "commit", results.commit());
        line(text, "load average", machine.loadBefore() + " before, " + machine.loadAfter() + " after");
        line(text, "work of others meanwhile", machine.others() + " cores, on average");
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
        return text.append('\n').append(HOW_TO_READ).append('\n').toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("| ").append(name).append(" | ").append(value).append(" |\n");
    }

    /** Each bound in a line of its own, met or not. */
    String bounds() {
        StringBuilder text = new StringBuilder("| way | bound | measured | by round | |\n|---|---|---:|---:|---|\n");
        for (Bound bound : Bound.all()) {
            Optional<Spread> figure = bound.value().of(figures);
            String verdict;
            if (figure.isEmpty()) {
                verdict = "not measured in this run";
            } else if (bound.isMetBy(figure.get().median())) {
                verdict = "met";
            } else {
                // A column of the table ends at each bar.
                verdict = "**NOT MET**: " + causes.of(bound).replace("|", "\\|");
            }
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %s |\n",
                    bound.way(),
                    bound.rule(),
                    figure.map(spread -> number(spread.median())).orElse(""),
                    figure.map(Markdown::range).orElse(""),
                    verdict));
        }
        return text.toString();
    }

    /** What the way to the worker costs the interrupted thread, without the signal itself: no bound, but said. */
    private String net(String question) {
        if (!question.equals("interrupted-thread")) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (String contender : List.of("inline-blocking", "inline-spinning")) {
            Row ours = new Row(question, contender, Map.of(), "ns");
            String floor = Peers.floor(ours);
            figures.netRatio(ours, ours.of(floor), ours.of("c-empty-handler"))
                    .ifPresent(ratio -> text.append(String.format(
                            Locale.ROOT,
                            "What comes on top of `c-empty-handler`, (`%s` - empty) / (`%s` - empty): %s, by round: %s.\n\n",
                            contender,
                            floor,
                            number(ratio.median()),
                            range(ratio))));
        }
        return text.toString();
    }

    /** From the least to the most of the rounds. */
    private static String range(Spread spread) {
        return spread.rounds() == 1
                ? "one round"
                : number(spread.least()) + "\u2013" + number(spread.most()) + ", " + spread.rounds() + " rounds";
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
