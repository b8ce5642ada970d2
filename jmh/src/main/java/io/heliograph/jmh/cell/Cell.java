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

    /**
     * Measures once, and verifies that the work was done.
     *
     * @throws Exception if it was not measured, or the work was not done; the message says which, and the run fails
     */
    List<Measurement> measure(Workplace workplace) throws Exception;
}
