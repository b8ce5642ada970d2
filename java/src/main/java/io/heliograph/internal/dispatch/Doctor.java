package io.heliograph.internal.dispatch;

import io.heliograph.Disposition;
import io.heliograph.Ledger;
import io.heliograph.Signal;
import io.heliograph.internal.ThreadMasks;
import io.heliograph.internal.seam.DispositionReader;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Looks once at all there is to know of each signal. */
final class Doctor {
    private final Registry registry;
    private final Accounts accounts;
    private final DispositionReader reader = new DispositionReader();
    private final Optional<ThreadMasks> masks = ThreadMasks.read();

    Doctor(Registry registry, Accounts accounts) {
        this.registry = registry;
        this.accounts = accounts;
    }

    SortedMap<Signal, Disposition> examine() {
        Ledger ledger = accounts.snapshot();
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
                accounts.last(number));
    }
}
