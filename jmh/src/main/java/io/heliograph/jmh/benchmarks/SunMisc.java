package io.heliograph.jmh.benchmarks;

import io.heliograph.Signal;

/**
 * A worker that {@code sun.misc.Signal} calls, on a new thread each time; until it is closed. All use of that class is here,
 * as the compiler warns of each.
 */
public final class SunMisc implements AutoCloseable {
    private final sun.misc.Signal signal;
    private final sun.misc.SignalHandler ours;
    private final sun.misc.SignalHandler before;

    public SunMisc(Signal signal, Runnable worker) {
        this(signal.name(), worker);
    }

    /** The same without our library, which a {@link Signal} loads. */
    SunMisc(String signal, Runnable worker) {
        this.signal = new sun.misc.Signal(signal);
        ours = any -> worker.run();
        before = sun.misc.Signal.handle(this.signal, ours);
    }

    static int number(String signal) {
        return new sun.misc.Signal(signal).getNumber();
    }

    /** @throws IllegalStateException where it had been replaced */
    @Override
    public void close() {
        if (sun.misc.Signal.handle(signal, before) != ours) {
            throw new IllegalStateException(signal + " had another handler than the one that was set");
        }
    }
}
