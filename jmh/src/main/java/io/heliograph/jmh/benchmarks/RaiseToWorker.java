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

/** From the raise until the raising thread, which spins, sees that the worker ran. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RaiseToWorker {
    @Param({
        "nothing",
        "sun.misc",
        "inline-blocking",
        "inline-spinning",
        "own-thread-blocking",
        "own-thread-spinning",
        "executor-blocking",
        "executor-spinning"
    })
    public String contender;

    private Way way;

    @Setup
    public void open() {
        way = Way.open(contender, Tally::noteHandled);
    }

    @Benchmark
    public void raiseToWorker() {
        Tally.noteRaised();
        way.raise();
        Tally.awaitHandled();
    }

    @TearDown
    public void close() {
        way.close();
        Tally.verify();
    }
}
