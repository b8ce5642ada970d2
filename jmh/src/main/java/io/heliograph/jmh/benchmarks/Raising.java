package io.heliograph.jmh.benchmarks;

import io.heliograph.Signal;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What all benchmarks share: they raise a signal, and one of the contenders handles it. The settings are those of
 * {@code java -jar benchmarks.jar}; jmh/run has its own.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
// Java 24 and later warn of native code without it.
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public abstract class Raising {
    @Param({"nothing", "sun.misc", "inline-blocking", "inline-spinning", "own-thread-blocking"})
    public String contender;

    Contender raising;

    @Setup
    public void open() {
        raising = Contender.open(contender, Signal.USR1, worker());
    }

    Runnable worker() {
        return Tally::noteHandled;
    }

    /** Fails the benchmark if an event was lost. */
    @TearDown
    public void verify() {
        raising.verify();
        Tally.verify();
    }
}
