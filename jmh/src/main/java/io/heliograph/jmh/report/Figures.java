package io.heliograph.jmh.report;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.util.ListStatistics;
import org.openjdk.jmh.util.Statistics;

/**
 * The medians of a run. A ratio is computed in each round, because only there the machine was in one state, and then the
 * median over the rounds is taken.
 */
final class Figures {
    /** A percentile with fewer samples beyond it would move with a few more. */
    private static final double BEYOND = 10;

    private final List<Measurement> measurements;

    Figures(List<Measurement> measurements) {
        this.measurements = List.copyOf(measurements);
    }

    /** The questions, in the order of the run. */
    List<String> questions() {
        return measurements.stream().map(Measurement::question).distinct().toList();
    }

    /** The rows of a question, in the order of the run. */
    List<Row> rows(String question) {
        return measurements.stream()
                .map(Measurement::row)
                .filter(row -> row.question().equals(question))
                .distinct()
                .toList();
    }

    /** The measurements of a row, by round; empty if it was not measured. */
    List<Measurement> rounds(Row row) {
        return measurements.stream()
                .filter(measurement -> measurement.row().equals(row))
                .sorted(Comparator.comparingInt(Measurement::round))
                .toList();
    }

    /** The median over the rounds of one figure; empty if the row was not measured. */
    OptionalDouble median(Row row, ToDoubleFunction<Measurement> figure) {
        double[] values = rounds(row).stream().mapToDouble(figure).toArray();
        return values.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(median(values));
    }

    /** The samples of all rounds together. */
    long samples(Row row) {
        return rounds(row).stream().mapToLong(Measurement::count).sum();
    }

    boolean hasSamplesFor(Row row, double percentile) {
        // The margin is for 1 - 0.99, which is not quite a hundredth.
        return samples(row) * (1 - percentile / 100) >= BEYOND - 1e-6;
    }

    /**
     * The ratio of a row to the least of others in each round; empty if they have no round in common. Of the others, those
     * that were not measured are left out.
     */
    Optional<Statistics> ratio(ToDoubleFunction<Measurement> figure, Row above, Row... below) {
        List<Row> rows = Stream.concat(
                        Stream.of(above),
                        Arrays.stream(below).filter(row -> !rounds(row).isEmpty()))
                .toList();
        if (rows.size() == 1) {
            return Optional.empty();
        }
        return overRounds(
                figure,
                rows,
                values -> values[0] / Arrays.stream(values).skip(1).min().orElseThrow());
    }

    /** The median of each round. */
    Optional<Statistics> value(Row row) {
        return overRounds(Measurement::p50, List.of(row), medians -> medians[0]);
    }

    /** The median over the rounds at each of the percentiles that have enough samples; may be empty. */
    double[] curve(Row row) {
        List<double[]> curves = rounds(row).stream()
                .map(Measurement::curve)
                .filter(curve -> curve.length > 0)
                .toList();
        double[] percentiles = Measurement.percentiles();
        double[] medians = new double[percentiles.length];
        int length = 0;
        while (!curves.isEmpty() && length < medians.length && hasSamplesFor(row, percentiles[length])) {
            int point = length;
            medians[length++] =
                    median(curves.stream().mapToDouble(curve -> curve[point]).toArray());
        }
        return Arrays.copyOf(medians, length);
    }

    /** What is computed from one figure of each row, in each round that has all of them. */
    private Optional<Statistics> overRounds(
            ToDoubleFunction<Measurement> figure, List<Row> rows, ToDoubleFunction<double[]> computed) {
        List<Map<Integer, Double>> figures = rows.stream()
                .map(row -> rounds(row).stream().collect(Collectors.toMap(Measurement::round, figure::applyAsDouble)))
                .toList();
        TreeSet<Integer> common = new TreeSet<>(figures.get(0).keySet());
        figures.forEach(ofRow -> common.retainAll(ofRow.keySet()));
        double[] values = common.stream()
                .map(round -> figures.stream()
                        .mapToDouble(ofRow -> Objects.requireNonNull(ofRow.get(round)))
                        .toArray())
                .mapToDouble(computed)
                .toArray();
        return values.length == 0 ? Optional.empty() : Optional.of(new ListStatistics(values));
    }

    private static double median(double[] values) {
        return new ListStatistics(values).getPercentile(50);
    }
}
