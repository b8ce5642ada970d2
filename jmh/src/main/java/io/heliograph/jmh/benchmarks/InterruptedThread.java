package io.heliograph.jmh.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The time that a signal takes from the thread that it interrupts: raise(), until the handler has returned. Outside of the
 * measured time, it waits for the worker, and then a moment: the handler's cost includes waking a dispatcher that sleeps.
 */
public class InterruptedThread extends Raising {
    /** The same time as in native/bench/handler_floor.c. */
    private static final long PAUSE_NANOS = 5_000;

    @Benchmark
    public void raise() {
        raising.raise();
    }

    @TearDown(Level.Invocation)
    public void await() {
        Tally.noteRaised();
        Tally.awaitHandled();
        long until = System.nanoTime() + PAUSE_NANOS;
        while (System.nanoTime() - until < 0) {
            Thread.onSpinWait();
        }
    }
}
