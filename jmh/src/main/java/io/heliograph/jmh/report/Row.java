package io.heliograph.jmh.report;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A row of the report: the measurements that differ only in their round. */
public record Row(String question, String contender, Map<String, String> parameters, String unit) {
    public Row {
        parameters = Map.copyOf(parameters);
    }

    /** A row of times, without parameters. */
    public static Row ns(String question, String contender) {
        return new Row(question, contender, Map.of(), "ns");
    }

    /** The same row of another contender. */
    public Row of(String other) {
        return new Row(question, other, parameters, unit);
    }

    public Row in(String other) {
        return new Row(question, contender, parameters, other);
    }

    /** The contender and its parameters. */
    public String name() {
        return parameters.isEmpty()
                ? contender
                : new TreeMap<>(parameters)
                        .entrySet().stream()
                                .map(parameter -> parameter.getKey() + " " + parameter.getValue())
                                .collect(Collectors.joining(", ", contender + ", ", ""));
    }
}
