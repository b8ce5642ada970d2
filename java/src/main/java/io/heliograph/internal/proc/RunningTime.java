package io.heliograph.internal.proc;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A wait that counts only the time in which the process could run, as {@code native/deadline/running_time.h} does. It
 * wakes up each tick. A longer gap between two looks counts as two ticks: the process was stopped, frozen or suspended.
 * For one thread.
 */
public final class RunningTime {
    static final int TICK_NANOS = 100_000_000;

    private final LongSupplier clock;
    private long lookedAt;
    private long left;

    /** Starts now. A time too long to count takes 292 years. */
    public RunningTime(Duration time) {
        this(time, System::nanoTime);
    }

    RunningTime(Duration time, LongSupplier clock) {
        this.clock = clock;
        lookedAt = clock.getAsLong();
        left = TimeUnit.NANOSECONDS.convert(time);
    }

    /** Looks at the clock. */
    public boolean isOver() {
        long now = clock.getAsLong();
        left -= Math.min(now - lookedAt, 2L * TICK_NANOS);
        lookedAt = now;
        return left <= 0;
    }

    /** Nanoseconds until the next look, or until the time is over if that is sooner. */
    public long nanosToLook() {
        return Math.min(left, TICK_NANOS);
    }

    /** Waits on the monitor, which the caller holds, for a tick at most. The caller checks its condition again. */
    @SuppressWarnings("WaitNotInLoop")
    public void await(Object monitor) throws InterruptedException {
        TimeUnit.NANOSECONDS.timedWait(monitor, nanosToLook());
    }
}
