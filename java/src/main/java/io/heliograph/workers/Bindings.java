package io.heliograph.workers;

import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalWorker;
import io.heliograph.Signals;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Bindings of signals to workers that child JVMs can be started with: {@link JavaCommand#withBindings}. Since a lambda can't
 * be handed to another process, a worker is named by its class, of which each process makes one of its own.
 *
 * <p>They hold in this process, as {@link Signals#on(Signal, SignalWorker)}, until they are closed; in a child until it ends.
 * Any thread may use them.
 */
public final class Bindings implements AutoCloseable {
    private record Binding(Signal signal, Class<? extends SignalWorker> worker, Registration registration) {}

    private final List<Binding> bindings = new ArrayList<>();

    private Bindings() {}

    /**
     * Binds the signal in this process, to a new worker of the class; or throws, and has bound nothing.
     *
     * @throws IllegalArgumentException if the class can't be made in a child: it must have a constructor without
     *     parameters, and be no inner class; or as {@link Signals#on(Signal, SignalWorker)}
     */
    public static Bindings on(Signal signal, Class<? extends SignalWorker> worker) {
        return new Bindings().and(signal, worker);
    }

    /**
     * One more, as {@link #on}. Returns these bindings; or throws, and has closed them: nobody may have them yet who could.
     *
     * @throws IllegalArgumentException as {@link #on}
     */
    public synchronized Bindings and(Signal signal, Class<? extends SignalWorker> worker) {
        Objects.requireNonNull(signal, "signal is null: give a Signal, Signal.TERM for one");
        Objects.requireNonNull(worker, "worker is null: give a class that implements SignalWorker");
        try {
            bindings.add(new Binding(signal, worker, Signals.on(signal, BoundMain.make(worker))));
        } catch (Throwable failure) {
            close();
            throw failure;
        }
        return this;
    }

    /** Ends them in this process. Children that were started with them keep theirs. */
    @Override
    public synchronized void close() {
        bindings.forEach(binding -> binding.registration().close());
        bindings.clear();
    }

    synchronized List<String> arguments() {
        return bindings.stream()
                .map(binding -> binding.signal() + "=" + binding.worker().getName())
                .toList();
    }
}
