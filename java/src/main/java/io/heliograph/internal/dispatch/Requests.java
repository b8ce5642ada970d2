package io.heliograph.internal.dispatch;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What the handler took the latest requests for. An event has no place for it: only the agent's log shows it. The
 * dispatcher writes, and any thread reads.
 */
public final class Requests {
    /** More requests than a process gets before it ends. A flood loses the earliest. */
    private static final int ROOM = 64;

    private static final int BITS = 8;
    private static final AtomicLongArray LATEST = new AtomicLongArray(ROOM);

    private Requests() {}

    static void note(long sequence, int request) {
        LATEST.set(Math.floorMod(sequence, ROOM), sequence << BITS | request);
    }

    /** A flag of {@code enum heliograph_record_flag}; 0 if that event requested no end. */
    public static int of(long sequence) {
        long latest = LATEST.get(Math.floorMod(sequence, ROOM));
        return latest >> BITS == sequence ? (int) (latest & ((1 << BITS) - 1)) : 0;
    }
}
