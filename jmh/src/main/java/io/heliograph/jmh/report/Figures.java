package io.heliograph.jmh.report;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What a run says: medians over its rounds. A ratio is of two medians of the same round, since only there was the machine in
 * one state, and then the median over the rounds.
 */
public final class Figures {
    /** So many samples have to lie beyond a percentile, or it is one that a few more would have moved. */
    private static final double BEYOND = 10;

    private final List<Measurement> measurements;

    public Figures(List<Measurement> measurements) {
        this.measurements = List.copyOf(measurements);
    }

    /** Who was measured: the measurements that differ in nothing but their round. */
    public record Row(String question, String contender, Map<String, String> parameters, String unit) {
        public static Row of(Measurement measurement) {
            return new Row(
                    measurement.question(), measurement.contender(), measurement.parameters(), measurement.unit());
        }

        /** The same for another contender. */
        public Row of(String other) {
            return new Row(question, other, parameters, unit);
        }

        /** The same with one parameter of that value. */
        public Row with(String name, String value) {
            return new Row(question, contender, Map.of(name, value), unit);
        }
    }

    /**
     * A figure that each round has of its own.
     *
     * @param rounds how many rounds have one
     */
    public record Spread(double median, double least, double most, int rounds) {}

    /** The questions in the order in which they were asked. */
    public List<String> questions() {
        return List.copyOf(new LinkedHashSet<>(
                measurements.stream().map(Measurement::question).toList()));
    }

    /** The rows of a question in the order in which they were measured. */
    public List<Row> rows(String question) {
        return List.copyOf(new LinkedHashSet<>(measurements.stream()
                .filter(measurement -> measurement.question().equals(question))
                .map(Row::of)
                .toList()));
    }

    /** The rounds of a row, from the first; empty where it was not measured. */
    public List<Measurement> rounds(Row row) {
        return measurements.stream()
                .filter(measurement -> Row.of(measurement).equals(row))
                .sorted(Comparator.comparingInt(Measurement::round))
                .toList();
    }

    /** The median over the rounds of one of a measurement's figures; empty where it was not measured. */
    public OptionalDouble median(Row row, ToDoubleFunction<Measurement> figure) {
        return median(rounds(row).stream().mapToDouble(figure).toArray());
    }

    /** How many samples it has, in all rounds together. */
    public long samples(Row row) {
        return rounds(row).stream().mapToLong(Measurement::count).sum();
    }

    /** Whether that percentile of the row's samples tells something. */
    public boolean hasSamplesFor(Row row, double percentile) {
        // The margin is for 1 - 0.99, which is not quite a hundredth.
        return samples(row) * (1 - percentile / 100) >= BEYOND - 1e-6;
    }

    /** How many times the one's median the other's is; empty where they have no round in common. */
    public Optional<Spread> ratio(Row above, Row below) {
        return overRounds(List.of(above, below), medians -> medians[0] / medians[1]);
    }

    /** The same of what they cost beyond another; empty also where one costs nothing beyond it in a round. */
    public Optional<Spread> netRatio(Row above, Row below, Row beyond) {
        return overRounds(
                        List.of(above, below, beyond),
                        medians -> medians[1] > medians[2]
                                ? (medians[0] - medians[2]) / (medians[1] - medians[2])
                                : Double.NaN)
                .filter(ratio -> !Double.isNaN(ratio.median + ratio.most));
    }

    /** What one more step costs, from a row to a row that is so many steps further; empty as for {@link #ratio}. */
    public Optional<Spread> slope(Row from, Row to, double steps) {
        return overRounds(List.of(from, to), medians -> (medians[1] - medians[0]) / steps);
    }

    /** The figure of each round; empty where it was not measured. */
    public Optional<Spread> spread(Row row) {
        return overRounds(List.of(row), medians -> medians[0]);
    }

    /**
     * The median over the rounds at each of {@link Measurement#percentiles()}, up to the last that there are samples for;
     * empty where there is no curve.
     */
    public double[] curve(Row row) {
        List<double[]> curves = rounds(row).stream()
                .map(Measurement::curve)
                .filter(curve -> curve.length > 0)
                .toList();
        if (curves.isEmpty()) {
            return new double[0];
        }
        double[] percentiles = Measurement.percentiles();
        double[] medians = new double[percentiles.length];
        int length = 0;
        while (length < medians.length && hasSamplesFor(row, percentiles[length])) {
            int point = length;
            medians[length] = median(
                            curves.stream().mapToDouble(curve -> curve[point]).toArray())
                    .orElseThrow();
            length++;
        }
        return Arrays.copyOf(medians, length);
    }

    /** The figure that each round makes of the medians that the rows have in it; of the rounds that have all of them. */
    private Optional<Spread> overRounds(List<Row> rows, ToDoubleFunction<double[]> figure) {
        List<Map<Integer, Double>> medians = rows.stream().map(this::medians).toList();
        TreeSet<Integer> common = new TreeSet<>(medians.get(0).keySet());
        medians.forEach(ofRow -> common.retainAll(ofRow.keySet()));
        double[] values = common.stream()
                .map(round -> medians.stream()
                        .mapToDouble(ofRow -> Objects.requireNonNull(ofRow.get(round)))
                        .toArray())
                .mapToDouble(figure)
                .toArray();
        if (values.length == 0) {
            return Optional.empty();
        }
        Arrays.sort(values);
        return Optional.of(
                new Spread(median(values).orElseThrow(), values[0], values[values.length - 1], values.length));
    }

    private Map<Integer, Double> medians(Row row) {
        return rounds(row).stream().collect(Collectors.toMap(Measurement::round, Measurement::p50));
    }

    private static OptionalDouble median(double[] values) {
        if (values.length == 0) {
            return OptionalDouble.empty();
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return OptionalDouble.of(sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    }
}
