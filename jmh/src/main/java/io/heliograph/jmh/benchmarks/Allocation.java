package io.heliograph.jmh.benchmarks;

import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;

/** The work of {@link RaiseToWorker} without samples, which allocate memory themselves: for {@link Resources}. */
@BenchmarkMode(Mode.AverageTime)
public class Allocation extends RaiseToWorker {
    @Override
    Runnable worker() {
        return contender.equals("sun.misc")
                ? () -> {
                    Resources.noteEndOfThread();
                    Tally.noteHandled();
                }
                : Tally::noteHandled;
    }
}
