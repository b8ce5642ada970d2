package io.heliograph.jmh.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Counts raised and handled events, so that a benchmark waits for its work and shows that it was done. One thread raises. */
public final class Tally {
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int TURNS_BETWEEN_CLOCK_READS = 1 << 20;

    private static long raised;
    private static final AtomicLong HANDLED = new AtomicLong();

    private Tally() {}

    /** Called before an event is raised. */
    static void noteRaised() {
        raised++;
    }

    /** Called by the worker; in a burst, sun.misc runs several at the same time. */
    static void noteHandled() {
        HANDLED.incrementAndGet();
    }

    static long raised() {
        return raised;
    }

    static long handled() {
        return HANDLED.get();
    }

    /** Spins until all raised events are handled; fails after ten seconds. */
    static void awaitHandled() {
        long expected = raised;
        long begun = 0;
        for (int turn = 1; HANDLED.get() != expected; turn++) {
            Thread.onSpinWait();
            if (turn % TURNS_BETWEEN_CLOCK_READS != 0) {
                continue;
            }
            long now = System.nanoTime();
            if (begun == 0) {
                begun = now;
            } else if (now - begun > MOST_NANOS) {
                verify();
            }
        }
    }

    /** @throws IllegalStateException unless each raised event was handled, and there was one */
    static void verify() {
        long handled = HANDLED.get();
        if (raised == 0 || handled != raised) {
            throw new IllegalStateException(raised + " raised, " + handled + " handled");
        }
    }
}
