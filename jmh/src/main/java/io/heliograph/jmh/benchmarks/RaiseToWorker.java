package io.heliograph.jmh.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;

/** From raise() until the raising thread, which spins, sees that the worker ran. */
public class RaiseToWorker extends Raising {
    @Benchmark
    public void raiseToWorker() {
        Tally.noteRaised();
        raising.raise();
        Tally.awaitHandled();
    }
}
