package io.heliograph.jmh.benchmarks;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One signal to many workers, until the last of them has run. sun.misc has one handler for a signal, which calls the
 * workers one after the other.
 */
public class FanOut extends Raising {
    @Param({"1", "10", "100", "1000"})
    public int workers;

    private final AtomicInteger left = new AtomicInteger();
    private Listener[] listeners = {};

    private final class Listener implements Runnable {
        private long calls;

        @Override
        public void run() {
            calls++;
            if (left.decrementAndGet() == 0) {
                left.set(workers);
                Tally.noteHandled();
            }
        }
    }

    @Override
    Runnable[] workers() {
        left.set(workers);
        listeners = Stream.generate(Listener::new).limit(workers).toArray(Listener[]::new);
        return listeners;
    }

    @Benchmark
    public void fanOut() {
        Tally.noteRaised();
        raising.raise();
        Tally.awaitHandled();
    }

    @TearDown
    public void verifyEach() {
        for (Listener listener : listeners) {
            if (listener.calls != Tally.raised()) {
                throw new IllegalStateException(
                        Tally.raised() + " raised, and a worker ran " + listener.calls + " times");
            }
        }
    }
}
