package io.heliograph.internal.raise;

import io.heliograph.internal.jni.NativeRaise;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Where the last exception was sent to in one thread, which may not have thrown it yet: a second one would take its place. The
 * raiser's thread alone uses it.
 */
final class PendingThrow {
    /** After this nobody waits for the throw any more: a native method of the program's may never return. */
    static final long MOST = TimeUnit.SECONDS.toNanos(5);
    /** A look suspends the thread, which is to throw meanwhile. */
    private static final long LEAST = TimeUnit.MILLISECONDS.toNanos(5);
    /** Looks between which a parked thread had no processor, as one would have had that is about to throw. */
    private static final int PARKED_LONG = 9;

    // As in native/src/raise.h.
    private static final int METHOD = 0;
    private static final int CPU_TIME = 4;

    private final long[] place = new long[NativeRaise.PLACE_NUMBERS];
    /** Whether the last exception is known to be thrown. */
    private BooleanSupplier isThrown = () -> false;

    private long at;
    private int idleLooks;
    private long cpuTime;

    /** For the native: where the former was sent, all zero if it was thrown for sure; then where this one was. */
    long[] place() {
        return place;
    }

    void sentNow(BooleanSupplier itsThrow) {
        isThrown = itsThrow;
        at = System.nanoTime();
        idleLooks = 0;
        cpuTime = place[CPU_TIME];
    }

    /** The thread was found parked where it was when the exception was sent: once more, or still. */
    void foundParked(long itsCpuTime) {
        boolean isIdle = itsCpuTime < 0 || (itsCpuTime == cpuTime && itsCpuTime > place[CPU_TIME]);
        idleLooks = isIdle ? idleLooks + 1 : 0;
        cpuTime = itsCpuTime;
        if (idleLooks >= PARKED_LONG) {
            place[METHOD] = 0;
        }
    }

    /** How long not to look yet, in nanoseconds; 0 or less to look now. */
    long rest(long now) {
        return isOver(now) ? 0 : at + LEAST - now;
    }

    /** Whether nothing is known here any more that a next raise would need. */
    boolean isOver(long now) {
        if (now - at > MOST || isThrown.getAsBoolean()) {
            place[METHOD] = 0;
        }
        return place[METHOD] == 0;
    }
}
