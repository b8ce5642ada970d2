package io.heliograph.jmh.report;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * What a run says: medians over its rounds. A ratio is of two medians of the same round, since only there was the machine in
 * one state, and then the median over the rounds.
 */
public final class Figures {
    private final List<Measurement> measurements;

    public Figures(List<Measurement> measurements) {
        this.measurements = List.copyOf(measurements);
    }

    /** Who was measured: the measurements that differ in nothing but their round. */
    public record Row(String question, String contender, Map<String, String> parameters, String unit) {
        static Row of(Measurement measurement) {
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

    /** How many times the one's median the other's is; empty where they have no round in common. */
    public OptionalDouble ratio(Row above, Row below) {
        return overRounds(List.of(above, below), medians -> medians[0] / medians[1]);
    }

    /** What one more step costs, from a row to a row that is so many steps further; empty as for {@link #ratio}. */
    public OptionalDouble slope(Row from, Row to, double steps) {
        return overRounds(List.of(from, to), medians -> (medians[1] - medians[0]) / steps);
    }

    /** The median over the rounds at each of {@link Measurement#percentiles()}; empty where there is no curve. */
    public double[] curve(Row row) {
        List<double[]> curves = rounds(row).stream()
                .map(Measurement::curve)
                .filter(curve -> curve.length > 0)
                .toList();
        if (curves.isEmpty()) {
            return new double[0];
        }
        double[] medians = new double[curves.get(0).length];
        for (int i = 0; i < medians.length; i++) {
            int point = i;
            medians[i] = median(
                            curves.stream().mapToDouble(curve -> curve[point]).toArray())
                    .orElseThrow();
        }
        return medians;
    }

    private OptionalDouble overRounds(List<Row> rows, ToDoubleFunction<double[]> figure) {
        TreeSet<Integer> common = null;
        for (Row row : rows) {
            TreeSet<Integer> rounds =
                    new TreeSet<>(rounds(row).stream().map(Measurement::round).toList());
            if (common == null) {
                common = rounds;
            } else {
                common.retainAll(rounds);
            }
        }
        Stream<Integer> rounds = common == null ? Stream.of() : common.stream();
        return median(rounds.map(round -> rows.stream()
                        .mapToDouble(row -> rounds(row).stream()
                                .filter(measurement -> measurement.round() == round)
                                .findFirst()
                                .orElseThrow()
                                .p50())
                        .toArray())
                .mapToDouble(figure)
                .toArray());
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
