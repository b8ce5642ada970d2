package io.heliograph.workers;

import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalWorker;
import io.heliograph.Signals;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Bindings of signals to workers that child JVMs can start with: {@link JavaCommand#withBindings}. A lambda cannot go
 * to another process, so a binding names the worker's class, and each process makes an instance of it.
 *
 * <p>In this process they last until they are closed, as {@link Signals#on(Signal, SignalWorker)}; in a child until it
 * ends. Any thread may use them.
 */
public final class Bindings implements AutoCloseable {
    private record Binding(Signal signal, Class<? extends SignalWorker> worker, Registration registration) {}

    private final List<Binding> bindings = new ArrayList<>();

    private Bindings() {}

    /**
     * Binds the signal in this process to a new worker of the class. If it throws, it has bound nothing.
     *
     * @param signal the signal to catch
     * @param worker the worker's class
     * @return the bindings
     * @throws IllegalArgumentException if a child cannot make the class, which needs a constructor without parameters
     *     and must not be an inner class; or as {@link Signals#on(Signal, SignalWorker)}
     */
    public static Bindings on(Signal signal, Class<? extends SignalWorker> worker) {
        return new Bindings().and(signal, worker);
    }

    /**
     * Adds a binding, as {@link #on}, and returns these bindings. If it throws, it has closed them all, since the
     * caller may have no reference to them yet.
     *
     * @param signal the signal to catch
     * @param worker the worker's class
     * @return these bindings
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

    /** Ends the bindings in this process. Children keep theirs. */
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
