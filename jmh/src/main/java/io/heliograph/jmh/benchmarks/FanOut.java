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
 * One signal to many inline workers, until the last of them has run. sun.misc has one handler a signal; there it calls
 * the workers one after the other.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FanOut {
    @Param({"nothing", "sun.misc", "inline-blocking"})
    public String contender;

    @Param({"1", "10", "100", "1000"})
    public int workers;

    private Way way;
    private Listener[] listeners;

    @Setup
    public void open() {
        listeners = new Listener[workers];
        Round round = new Round(workers);
        for (int i = 0; i < workers; i++) {
            listeners[i] = new Listener(round);
        }
        way = Way.open(contender, Way.SIGNAL, listeners);
    }

    @Benchmark
    public void fanOut() {
        Tally.noteRaised();
        way.raise();
        Tally.awaitHandled();
    }

    @TearDown
    public void close() {
        way.close();
        Tally.verify();
        for (Listener listener : listeners) {
            if (listener.calls != Tally.raised()) {
                throw new IllegalStateException(
                        Tally.raised() + " raised, and a worker was called " + listener.calls + " times");
            }
        }
    }

    /** How many have still to run; the workers of a signal run on one thread at a time. */
    private static final class Round {
        private final int size;
        private int left;

        Round(int size) {
            this.size = size;
            left = size;
        }

        void pass() {
            left--;
            if (left == 0) {
                left = size;
                Tally.noteHandled();
            }
        }
    }

    private static final class Listener implements Runnable {
        private final Round round;
        private long calls;

        Listener(Round round) {
            this.round = round;
        }

        @Override
        public void run() {
            calls++;
            round.pass();
        }
    }
}
