package io.heliograph.jmh.run;

import io.heliograph.jmh.report.Figures.Row;
import io.heliograph.jmh.report.Measurement;
import java.util.List;
import java.util.Map;

/** One contender of one question: the smallest thing that a run measures. */
public interface Cell {
    /** The row of the report: {@link Measurement#question()}. */
    String question();

    /** Who is measured: {@link Measurement#contender()}. */
    String contender();

    /** What else the figures depend on: {@link Measurement#parameters()}. */
    default Map<String, String> parameters() {
        return Map.of();
    }

    /** Where it has one row in each of several units. */
    default List<String> units() {
        return List.of("ns");
    }

    /** What {@link #measure} returns, one measurement each, in this order. */
    default List<Row> rows() {
        return units().stream()
                .map(unit -> new Row(question(), contender(), parameters(), unit))
                .toList();
    }

    /** In how many rounds it takes part, of those that the effort has. */
    default int rounds(Effort effort) {
        return effort.rounds();
    }

    /**
     * Measures once, and verifies that the work was done.
     *
     * @return one measurement for each of {@link #rows()}; the round is filled in by who calls
     * @throws Exception where it could not be measured, or the work was not done; the message says which. The run fails
     */
    List<Measurement> measure(Workplace workplace) throws Exception;
}
