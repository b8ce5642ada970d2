package io.heliograph.jmh.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what is raised and what has run, so that a benchmark waits for its work and can show that it was done. One
 * thread raises.
 */
public final class Tally {
    static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int LOOK_AT_THE_CLOCK = 1 << 20;

    private static long raised;
    private static final AtomicLong HANDLED = new AtomicLong();

    private Tally() {}

    /** To be called by who raises, before. */
    static void noteRaised() {
        raised++;
    }

    /** To be called by the worker; in a burst, those of sun.misc run at the same time. */
    static void noteHandled() {
        HANDLED.incrementAndGet();
    }

    static long raised() {
        return raised;
    }

    static long handled() {
        return HANDLED.get();
    }

    /** Spins until all that was raised has been handled. */
    static void awaitHandled() {
        long expected = raised;
        long begun = 0;
        for (int turn = 1; HANDLED.get() != expected; turn++) {
            Thread.onSpinWait();
            if (turn % LOOK_AT_THE_CLOCK != 0) {
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

    /** @throws IllegalStateException unless as many were handled as were raised */
    static void verify() {
        long handled = HANDLED.get();
        if (raised == 0 || handled != raised) {
            throw new IllegalStateException(raised + " raised, " + handled + " handled");
        }
    }

    static void reset() {
        raised = 0;
        HANDLED.set(0);
    }
}
