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
 * worker has run is waited for outside of the measured time, and then a moment: a dispatcher that sleeps between signals is
 * to be asleep when the next comes, for to wake it is part of what the handler costs.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class InterruptedThread {
    @Param({"nothing", "sun.misc", "inline-blocking", "inline-spinning"})
    public String contender;

    /** As native/bench/handler_floor.c. */
    private static final long PAUSE_NANOS = 5_000;

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
        pause();
    }

    static void pause() {
        long until = System.nanoTime() + PAUSE_NANOS;
        while (System.nanoTime() - until < 0) {
            Thread.onSpinWait();
        }
    }

    @TearDown
    public void close() {
        way.close();
        Tally.verify();
    }
}
