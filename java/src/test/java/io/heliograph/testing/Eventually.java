package io.heliograph.testing;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what no output tells of. */
public final class Eventually {
    /** Not a time that anything is expected to take: where a test would otherwise hang forever, it fails. */
    private static final long MOST_SECONDS = 120;

    private Eventually() {}

    /** Returns when it is so. */
    public static void until(String what, BooleanSupplier isSo) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("in " + MOST_SECONDS + " s it has not come: " + what);
            }
            Thread.onSpinWait();
        }
    }
}
