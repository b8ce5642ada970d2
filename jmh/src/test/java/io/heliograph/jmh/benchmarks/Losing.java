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

/** A benchmark whose worker loses an event now and then, if it is told to; and which looks at the end, if it is told to. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Losing {
    @Param({"nothing"})
    public String contender;

    @Param({"true", "false"})
    public boolean loses;

    @Param({"true", "false"})
    public boolean looks;

    private Way way;
    private long worked;

    @Setup
    public void open() {
        way = Way.open(contender, this::work);
    }

    private void work() {
        worked++;
        if (!loses || worked % 1000 != 0) {
            Tally.noteHandled();
        }
    }

    @Benchmark
    public void raiseToWorker() {
        Tally.noteRaised();
        way.raise();
    }

    @TearDown
    public void close() {
        way.close();
        if (looks) {
            Tally.verify();
        }
    }
}
