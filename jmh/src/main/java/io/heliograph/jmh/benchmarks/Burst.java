package io.heliograph.jmh.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * A burst of signals, raised without a wait, until the last is handled: the time of one. The handler has run when raise()
 * returns, so the kernel merges none.
 */
public class Burst extends Raising {
    /** The same number as in native/bench/burst_floor.c. */
    static final int SIZE = 100;

    @Benchmark
    @OperationsPerInvocation(SIZE)
    public void burst() {
        for (int i = 0; i < SIZE; i++) {
            Tally.noteRaised();
            raising.raise();
        }
        Tally.awaitHandled();
    }
}
