package io.heliograph.internal.dispatch;

import io.heliograph.Disposition;
import io.heliograph.Ledger;
import io.heliograph.Signal;
import io.heliograph.internal.proc.ThreadMasks;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One look at every signal: kernel, registrations, threads and counts. */
final class DispositionReport {
    private final Registry registry;
    private final Counters counters;
    private final DispositionReader reader = new DispositionReader();
    private final Optional<ThreadMasks> masks = ThreadMasks.read();

    DispositionReport(Registry registry, Counters counters) {
        this.registry = registry;
        this.counters = counters;
    }

    SortedMap<Signal, Disposition> examine() {
        Ledger ledger = counters.snapshot();
        SortedMap<Signal, Disposition> dispositions = new TreeMap<>();
        for (Signal signal : Signal.all()) {
            dispositions.put(signal, examine(signal, ledger.of(signal)));
        }
        return Collections.unmodifiableSortedMap(dispositions);
    }

    private Disposition examine(Signal signal, Ledger.Counts counts) {
        int number = signal.number();
        DispositionReader.Read read = reader.read(signal);
        return new Disposition(
                signal,
                read.kind(),
                read.ours(),
                read.library(),
                read.layers(),
                registry.registered(signal),
                masks.map(all -> new Disposition.Blocked(
                        all.blocking(number), all.threads(), all.isBlockedInFirst(number), all.isPending(number))),
                counts,
                counters.last(number));
    }
}
