package io.heliograph.management;

import java.util.SortedMap;

/**
 * The signals of this process. Tables are by the name of the signal: {@code TERM}, {@code RTMIN+3}. Each look asks anew:
 * {@link io.heliograph.Signals#dispositions()} says what that costs.
 */
public interface SignalsMXBean {
    /** What each signal of the platform does, and by whom. */
    SortedMap<String, DispositionData> getDispositions();

    /** The counts of the signals that arrived at least once. */
    SortedMap<String, CountsData> getLedger();

    /** Who sent the last arrival of a signal, for those that a process sent. */
    SortedMap<String, SenderData> getLastSenders();

    /** All of it for people to read: {@link io.heliograph.Disposition#table}. */
    String getTable();
}
