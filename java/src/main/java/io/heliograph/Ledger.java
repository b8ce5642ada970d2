package io.heliograph;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The count of signals per number, as it was at one moment.
 *
 * <p>When the dispatcher has read all arrivals from the pipe, {@code arrived = dispatched + lost} for each signal.
 * Before, the difference is on its way.
 */
public final class Ledger {
    private static final Counts NONE = new Counts(0, 0, 0);

    private final SortedMap<Signal, Counts> counts;

    /**
     * Makes a ledger of these counts, which it copies.
     *
     * @param counts the counts of each signal that arrived
     */
    public Ledger(Map<Signal, Counts> counts) {
        this.counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }

    /**
     * The counts of one signal.
     *
     * @param arrived arrivals that our handler took
     * @param dispatched arrivals whose event went to every registered worker
     * @param lost arrivals whose details did not reach every such worker, because the pipe or a mailbox was full. Each
     *     of those workers gets the count in a {@link SignalEvent.Lost}
     */
    public record Counts(long arrived, long dispatched, long lost) {}

    /**
     * The counts of this signal; all 0 if none arrived.
     *
     * @param signal the signal
     * @return its counts
     */
    public Counts of(Signal signal) {
        return counts.getOrDefault(signal, NONE);
    }

    /** {@return the counts of the signals that arrived at least once} */
    public SortedMap<Signal, Counts> counts() {
        return counts;
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
