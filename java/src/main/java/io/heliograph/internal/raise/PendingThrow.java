package io.heliograph.internal.raise;

import io.heliograph.internal.jni.NativeRaise;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The last exception that was sent to a thread, which may not have thrown it yet. A second one would replace it. Used
 * by the raiser's thread alone.
 */
final class PendingThrow {
    /** The raiser waits no longer than this for the throw: a native method of the program may never return. */
    static final long MOST = TimeUnit.SECONDS.toNanos(5);
    /** A look suspends the thread, which needs to run to throw. */
    private static final long LEAST = TimeUnit.MILLISECONDS.toNanos(5);
    /**
     * A thread that is about to throw uses processor time between two looks. After this many looks without, it is
     * parked.
     */
    private static final int PARKED_LONG = 9;

    // As in raise.h.
    private static final int METHOD = 0;
    private static final int CPU_TIME = 4;

    private final long[] place = new long[NativeRaise.PLACE_NUMBERS];
    /** Whether the last exception is known to be thrown. */
    private BooleanSupplier isThrown = () -> false;

    private long at;
    private int idleLooks;
    private long cpuTime;

    /** In and out for the native: where the last exception was sent, all zero if it was thrown. */
    long[] place() {
        return place;
    }

    void sentNow(BooleanSupplier itsThrow) {
        isThrown = itsThrow;
        at = System.nanoTime();
        idleLooks = 0;
        cpuTime = place[CPU_TIME];
    }

    /** The thread is parked where it was when the exception was sent. */
    void foundParked(long itsCpuTime) {
        boolean isIdle = itsCpuTime < 0 || (itsCpuTime == cpuTime && itsCpuTime > place[CPU_TIME]);
        idleLooks = isIdle ? idleLooks + 1 : 0;
        cpuTime = itsCpuTime;
        if (idleLooks >= PARKED_LONG) {
            place[METHOD] = 0;
        }
    }

    /** How many nanoseconds to wait before the next look; 0 or less to look now. */
    long rest(long now) {
        return isOver(now) ? 0 : at + LEAST - now;
    }

    /** Whether the next raise needs nothing of this any more. */
    boolean isOver(long now) {
        if (now - at > MOST || isThrown.getAsBoolean()) {
            place[METHOD] = 0;
        }
        return place[METHOD] == 0;
    }
}
