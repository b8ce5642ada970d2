package io.heliograph.jmh.run;

import io.heliograph.jmh.benchmarks.Resources;
import io.heliograph.jmh.report.Measurement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;

/**
 * One contender of a JMH benchmark, in a JVM of its own. The benchmark itself fails where the work was not done.
 *
 * @param verified what the benchmark verifies by itself; empty where the profiler counts what was raised
 * @param units of what it measures: "ns" by JMH, or "bytes" and "threads" for an event, by {@link Resources}
 */
record JmhCell(
        String question,
        Class<?> benchmark,
        String contender,
        Map<String, String> parameters,
        List<String> units,
        boolean isBoundOnIt,
        String verified)
        implements Cell {

    JmhCell(String question, Class<?> benchmark, String contender) {
        this(question, benchmark, contender, Map.of(), List.of("ns"), true, "");
    }

    /** The same with a parameter of the benchmark. */
    JmhCell with(String name, String value) {
        Map<String, String> all = new TreeMap<>(parameters);
        all.put(name, value);
        return new JmhCell(question, benchmark, contender, Map.copyOf(all), units, isBoundOnIt, verified);
    }

    /** One round is enough, unless all is to be measured at length: for a whole question that no bound hangs on. */
    JmhCell once() {
        return new JmhCell(question, benchmark, contender, parameters, units, false, verified);
    }

    JmhCell inUnits(String... others) {
        return new JmhCell(question, benchmark, contender, parameters, List.of(others), isBoundOnIt, verified);
    }

    JmhCell verifying(String what) {
        return new JmhCell(question, benchmark, contender, parameters, units, isBoundOnIt, what);
    }

    @Override
    public int rounds(Effort effort) {
        return isBoundOnIt || effort == Effort.FULL ? effort.rounds() : 1;
    }

    @Override
    public List<Measurement> measure(Workplace workplace) throws Exception {
        Path log = workplace.out().resolve("jmh.log");
        RunResult result;
        try {
            Collection<RunResult> results = new Runner(options(workplace, log).build()).run();
            if (results.size() != 1) {
                throw new IllegalStateException(results.size() + " results; " + log + " has what JMH says");
            }
            result = results.iterator().next();
        } catch (RunnerException e) {
            throw new IllegalStateException(reason(e) + "; " + log + " has what JMH says", e);
        }
        Files.delete(log);
        return units.stream().map(unit -> measurement(unit, result)).toList();
    }

    private ChainedOptionsBuilder options(Workplace workplace, Path log) {
        Effort effort = workplace.effort();
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Pattern.quote(benchmark.getName()) + "\\.")
                .param("contender", contender)
                .forks(1)
                .threads(1)
                .warmupIterations(1)
                .warmupTime(TimeValue.milliseconds(effort.pick(20, isEmptyRun() ? 200 : 800, 2000)))
                .measurementIterations(effort.pick(1, 2, 5))
                .measurementTime(TimeValue.milliseconds(effort.pick(30, 300, 1000)))
                .shouldFailOnError(true)
                // Java 24 and later warn without it, of the natives of the library.
                .jvmArgs("--enable-native-access=ALL-UNNAMED")
                .addProfiler(Resources.class)
                .output(log.toString());
        if (!measuresTime()) {
            options.addProfiler(GCProfiler.class);
        }
        parameters.forEach(options::param);
        return options;
    }

    /** Which soon is compiled: it is the loop and the worker. */
    private boolean isEmptyRun() {
        return contender.equals("nothing");
    }

    private boolean measuresTime() {
        return units.contains("ns");
    }

    private Measurement measurement(String unit, RunResult result) {
        long raised = (long) score(result, Resources.RAISED);
        long handled = (long) score(result, Resources.HANDLED);
        if (raised != handled || (raised == 0 && verified.isEmpty())) {
            throw new IllegalStateException(raised + " raised, " + handled + " handled in the measured time");
        }
        String check = raised == 0 ? verified : raised + " raised, " + handled + " handled";
        if (measuresTime()) {
            return distribution(result.getPrimaryResult().getStatistics(), check);
        }
        if (unit.equals(Resources.BYTES)) {
            // Ours is of all events; JMH's differs where an iteration of a busy machine had but few.
            check += "; JMH's -prof gc, the mean of its iterations, says "
                    + Math.round(score(result, "gc.alloc.rate.norm"));
        }
        return Measurement.single(question, contender, parameters, unit, score(result, unit) / raised, check);
    }

    private static double score(RunResult result, String name) {
        return Objects.requireNonNull(result.getSecondaryResults().get(name), name)
                .getScore();
    }

    private Measurement distribution(Statistics samples, String check) {
        double[] curve = Arrays.stream(Measurement.percentiles())
                .map(samples::getPercentile)
                .toArray();
        return new Measurement(
                question,
                contender,
                parameters,
                "ns",
                0,
                samples.getN(),
                samples.getPercentile(50),
                samples.getPercentile(99),
                samples.getPercentile(99.9),
                samples.getMax(),
                curve,
                check);
    }

    /** The innermost reason that JMH knows. */
    private static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null || innermost.getSuppressed().length > 0) {
            innermost = innermost.getCause() != null
                    ? innermost.getCause()
                    : innermost.getSuppressed()[0];
        }
        return String.valueOf(innermost.getMessage());
    }
}
