package io.heliograph.workers;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The end of a wait, on the clock of {@link System#nanoTime()}. */
final class Deadline {
    static final Deadline NEVER = new Deadline(0, true);

    private final long at;
    private final boolean never;

    private Deadline(long at, boolean never) {
        this.at = at;
        this.never = never;
    }

    /** So long from now; a time too long to count is {@link #NEVER}. */
    static Deadline in(Duration time) {
        Objects.requireNonNull(time, "time is null: give a Duration");
        try {
            return new Deadline(System.nanoTime() + Math.min(time.toNanos(), Long.MAX_VALUE >> 1), false);
        } catch (ArithmeticException centuries) {
            return time.isNegative() ? new Deadline(System.nanoTime(), false) : NEVER;
        }
    }

    boolean isOver() {
        return !never && at - System.nanoTime() <= 0;
    }

    /**
     * Waits on the monitor, which the caller holds, until a notification or the end of the time. The caller checks its
     * condition again.
     */
    @SuppressWarnings("WaitNotInLoop")
    void await(Object monitor) throws InterruptedException {
        if (never) {
            monitor.wait();
            return;
        }
        long left = at - System.nanoTime();
        if (left > 0) {
            TimeUnit.NANOSECONDS.timedWait(monitor, left);
        }
    }
}
