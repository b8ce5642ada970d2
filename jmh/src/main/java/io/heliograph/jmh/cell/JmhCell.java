package io.heliograph.jmh.cell;

import io.heliograph.jmh.benchmarks.Resources;
import io.heliograph.jmh.report.Measurement;
import io.heliograph.jmh.report.Row;
import io.heliograph.jmh.report.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * A contender of a JMH benchmark, in a JVM of its own. Both the benchmark and {@link Resources} count the events.
 *
 * @param rows in ns, or in other units of {@link Resources}
 */
public record JmhCell(Class<?> benchmark, List<Row> rows) implements Cell {
    public JmhCell(Class<?> benchmark, Row row) {
        this(benchmark, List.of(row));
    }

    @Override
    public List<Measurement> measure(Workplace workplace) throws Exception {
        Path log = workplace.out().resolve("jmh.log");
        RunResult result;
        try {
            Collection<RunResult> results =
                    new Runner(options(workplace.effort(), log).build()).run();
            if (results.size() != 1) {
                throw new IllegalStateException(results.size() + " results; see " + log);
            }
            result = results.iterator().next();
        } catch (RunnerException e) {
            throw new IllegalStateException(reason(e) + "; see " + log, e);
        }
        Files.delete(log);
        long raised = (long) score(result, Resources.RAISED);
        long handled = (long) score(result, Resources.HANDLED);
        if (raised != handled || raised == 0) {
            throw new IllegalStateException(raised + " raised, " + handled + " handled in the measured time");
        }
        String check = raised + " raised, " + handled + " handled";
        return rows.stream()
                .map(row -> row.unit().equals("ns")
                        ? Samples.measurement(row, result.getPrimaryResult().getStatistics(), check)
                        : Measurement.single(row, score(result, row.unit()) / raised, check))
                .toList();
    }

    private ChainedOptionsBuilder options(Effort effort, Path log) {
        Row row = rows.get(0);
        boolean isEmptyRun = row.contender().equals("nothing");
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Pattern.quote(benchmark.getName()) + "\\.")
                .param("contender", row.contender())
                .forks(1)
                .warmupIterations(1)
                .warmupTime(TimeValue.milliseconds(effort.pick(20, isEmptyRun ? 200 : 800, 2000)))
                .measurementIterations(effort.pick(1, 2, 5))
                .measurementTime(TimeValue.milliseconds(effort.pick(30, 300, 1000)))
                .shouldFailOnError(true)
                .addProfiler(Resources.class)
                .output(log.toString());
        row.parameters().forEach(options::param);
        return options;
    }

    private static double score(RunResult result, String name) {
        return Objects.requireNonNull(result.getSecondaryResults().get(name), name)
                .getScore();
    }

    /** The message of the innermost cause; JMH puts some causes among the suppressed exceptions. */
    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause();
        if (cause == null && failure.getSuppressed().length > 0) {
            cause = failure.getSuppressed()[0];
        }
        return cause == null ? String.valueOf(failure.getMessage()) : reason(cause);
    }
}
