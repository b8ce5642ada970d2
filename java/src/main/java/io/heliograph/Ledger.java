package io.heliograph;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The count of signals per number, as it was at one moment.
 *
 * <p>Once all that arrived has been taken from the pipe, {@code arrived = dispatched + lost} for each signal; before, the
 * difference is what is still under way.
 */
public final class Ledger {
    private static final Counts NONE = new Counts(0, 0, 0);

    private final SortedMap<Signal, Counts> counts;

    public Ledger(Map<Signal, Counts> counts) {
        this.counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }

    /**
     * The counts of one signal.
     *
     * @param arrived arrivals that our handler took
     * @param dispatched arrivals whose event was handed to every worker registered for it
     * @param lost arrivals whose details did not reach every such worker: the pipe was full, or a mailbox. Each of those
     *     workers was told, or is about to be told, in a {@link SignalEvent.Lost}
     */
    public record Counts(long arrived, long dispatched, long lost) {}

    /** The counts of this signal, all 0 where none arrived. */
    public Counts of(Signal signal) {
        return counts.getOrDefault(signal, NONE);
    }

    /** The counts of the signals that arrived at least once. */
    public SortedMap<Signal, Counts> counts() {
        return counts;
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
