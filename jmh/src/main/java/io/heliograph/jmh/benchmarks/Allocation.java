package io.heliograph.jmh.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The work of {@link RaiseToWorker} without samples, which take memory themselves: for {@link Resources}.
 *
 * <p>The way is not closed: profilers ask after the last tear-down, and the bytes of a thread that has ended by then would
 * be missing, from ours and, on 17, from JMH's.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Allocation {
    @Param({"nothing", "sun.misc", "inline-blocking", "inline-spinning", "own-thread-blocking", "executor-blocking"})
    public String contender;

    private Way way;

    @Setup
    public void open() {
        Runnable worker = contender.equals("sun.misc")
                ? () -> {
                    Resources.noteEndOfThread();
                    Tally.noteHandled();
                }
                : Tally::noteHandled;
        way = Way.open(contender, worker);
    }

    @Benchmark
    public void raiseToWorker() {
        Tally.noteRaised();
        way.raise();
        Tally.awaitHandled();
    }

    @TearDown
    public void verify() {
        way.verify();
        Tally.verify();
    }
}
