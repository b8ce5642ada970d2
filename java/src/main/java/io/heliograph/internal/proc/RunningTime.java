package io.heliograph.internal.proc;

import java.util.concurrent.TimeUnit;

/**
 * The time in which this process could run, without that for which it was stopped, frozen or suspended. A waiter looks
 * at it each {@link #TICK_NANOS}; a longer gap counts as two ticks. So each stop counts for 200 ms at most, and a
 * machine that runs no thread of the process for longer gives that time, too. Native code does the same
 * (deadline/running_time.h). Not thread-safe.
 */
public final class RunningTime {
    /** How often to look, in nanoseconds. */
    public static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private long lookedAt = System.nanoTime();
    private long passed;

    /** Looks at the clock. Returns the nanoseconds that have passed since this object was made. */
    public long passed() {
        long now = System.nanoTime();
        passed += Math.min(now - lookedAt, 2 * TICK_NANOS);
        lookedAt = now;
        return passed;
    }
}
