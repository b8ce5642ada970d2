package io.heliograph.jmh.benchmarks;

import io.heliograph.Signal;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A burst of signals, raised one after the other without a wait, until the last of them is handled; the time for each of
 * them. A raised signal has met its handler when raise() returns, so the kernel merges none; what is counted in the end
 * shows it. Real-time signals, which sun.misc does not take, are a contender of their own.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Burst {
    /** As in native/bench/burst_floor.c. */
    static final int SIZE = 100;

    private static final String REAL_TIME = "-real-time";

    @Param({
        "nothing",
        "sun.misc",
        "inline-blocking",
        "inline-spinning",
        "own-thread-blocking",
        "executor-blocking",
        "inline-blocking-real-time"
    })
    public String contender;

    private Way way;

    @Setup
    public void open() {
        boolean isRealTime = contender.endsWith(REAL_TIME);
        String name = isRealTime ? contender.substring(0, contender.length() - REAL_TIME.length()) : contender;
        way = Way.open(name, isRealTime ? Signal.realTime(3) : Way.SIGNAL, Tally::noteHandled);
    }

    @Benchmark
    @OperationsPerInvocation(SIZE)
    public void burst() {
        for (int i = 0; i < SIZE; i++) {
            Tally.noteRaised();
            way.raise();
        }
        Tally.awaitHandled();
    }

    @TearDown
    public void close() {
        way.close();
        Tally.verify();
    }
}
