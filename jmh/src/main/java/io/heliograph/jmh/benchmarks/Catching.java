package io.heliograph.jmh.benchmarks;

import io.heliograph.Delivery;
import io.heliograph.Signal;
import io.heliograph.Signals;
import java.util.ArrayList;
import java.util.List;
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
 * Raise to worker while other signals are caught too: Heliograph the real-time ones, sun.misc, which has none, as many
 * of the standard ones as it takes without harm to the JVM, and wherever that was started: it does not take HUP, INT and
 * TERM where they were ignored before, as under nohup.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Catching {
    private static final List<String> STANDARD = List.of(
            "PIPE", "ALRM", "CONT", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "WINCH", "IO", "PWR",
            "SYS", "TRAP", "ABRT", "STKFLT");

    @Param({"nothing", "sun.misc", "inline-blocking"})
    public String contender;

    /** How many signals are caught, the one that is raised among them; sun.misc takes no more than 18. */
    @Param({"1", "18", "28"})
    public int caught;

    private final List<AutoCloseable> others = new ArrayList<>();
    private Way way;

    @Setup
    public void open() {
        way = Way.open(contender, Tally::noteHandled);
        for (int i = 1; i < caught; i++) {
            if (contender.equals("sun.misc")) {
                Signal other = Signal.of(STANDARD.get(i - 1));
                others.add(new SunMisc(other, () -> wrong(other)));
            } else if (!contender.equals("nothing")) {
                others.add(Signals.on(Signal.realTime(i - 1), Catching::wrong, Delivery.inline()));
            }
        }
    }

    private static void wrong(Object signal) {
        throw new IllegalStateException(signal + " arrived, which nobody raised");
    }

    @Benchmark
    public void raiseToWorker() {
        Tally.noteRaised();
        way.raise();
        Tally.awaitHandled();
    }

    @TearDown
    public void close() throws Exception {
        for (AutoCloseable other : others) {
            other.close();
        }
        way.close();
        Tally.verify();
    }
}
