package io.heliograph.jmh.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** A benchmark whose worker may lose an event now and then, and which may look at the end. */
public class Losing extends Raising {
    @Param({"true", "false"})
    public boolean loses;

    @Param({"true", "false"})
    public boolean looks;

    private long handled;

    @Override
    Runnable worker() {
        return () -> {
            handled++;
            if (!loses || handled % 1000 != 0) {
                Tally.noteHandled();
            }
        };
    }

    @Benchmark
    public void raise() {
        Tally.noteRaised();
        raising.raise();
    }

    @Override
    public void verify() {
        if (looks) {
            super.verify();
        }
    }
}
