package io.heliograph.jmh.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What a signal costs the thread that it interrupts, to the return from its handler: raise(), one at a time. That the
 * worker has run is waited for outside of the measured time.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class InterruptedThread {
    @Param({"nothing", "sun.misc", "inline-blocking", "inline-spinning"})
    public String contender;

    private Way way;

    @Setup
    public void open() {
        way = Way.open(contender, Tally::noteHandled);
    }

    @Benchmark
    public void raise() {
        way.raise();
    }

    @TearDown(Level.Invocation)
    public void await() {
        Tally.noteRaised();
        Tally.awaitHandled();
    }

    @TearDown
    public void close() {
        way.close();
        Tally.verify();
    }
}
