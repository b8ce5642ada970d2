package io.heliograph.management;

import java.util.SortedMap;

/**
 * The signals of this process. The keys of tables are names of signals: {@code TERM}, {@code RTMIN+3}. Each call reads
 * them anew: {@link io.heliograph.Signals#dispositions()} says what that costs.
 */
public interface SignalsMXBean {
    /** {@return what each signal of the platform does, and who set that} */
    SortedMap<String, DispositionData> getDispositions();

    /** {@return the counts of the signals that arrived at least once} */
    SortedMap<String, CountsData> getLedger();

    /** {@return the sender of each signal's last arrival, if a process sent it} */
    SortedMap<String, SenderData> getLastSenders();

    /** {@return all of it as text for people: {@link io.heliograph.Disposition#table}} */
    String getTable();
}
