package io.heliograph.jmh.cell;

import io.heliograph.jmh.report.Measurement;
import io.heliograph.jmh.report.Row;
import java.util.List;

/** What a run measures at once: mostly one contender of one question. */
public interface Cell {
    /** The rows that {@link #measure} returns, in this order; at least one. */
    List<Row> rows();

    default String question() {
        return rows().get(0).question();
    }

    /** The number of rounds that it takes part in; the same for all cells of a question. */
    default int rounds(Effort effort) {
        return effort.rounds();
    }

    /**
     * Measures once, and verifies that the work was done.
     *
     * @throws Exception if it was not measured, or the work was not done; the message says which, and the run fails
     */
    List<Measurement> measure(Workplace workplace) throws Exception;
}
