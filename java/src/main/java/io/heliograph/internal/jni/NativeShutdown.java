package io.heliograph.internal.jni;

import org.jspecify.annotations.Nullable;

/**
 * The natives of the shutdown with a deadline ({@code heliograph_deadline.h}). Each returns a value, or {@code -errno}.
 * Call them only after {@link NativeLibrary#require()}.
 */
public final class NativeShutdown {
    private NativeShutdown() {}

    /** Starts the native thread that keeps the deadline. */
    public static native int open();

    /** Ends it, and both waits. Returns {@code -EBUSY} if a shutdown has begun, which cannot be cancelled. */
    public static native int close();

    /** Makes the signal request the shutdown: {@code struct heliograph_shutdown_terms}. */
    public static native int on(
            int signal,
            long withinNanos,
            long holdNanos,
            boolean bySignal,
            int status,
            boolean ignoresSecond,
            boolean isLeftToApp);

    public static native int off(int signal);

    /** The number of the signal that has requested the shutdown; 0 if none has. */
    public static native int requestedBy();

    /** 1 if the shutdown is requested and still held, else 0. */
    public static native int isHeld();

    /** What ended the hold: {@code enum heliograph_hold_end}. */
    public static native int holdEnd();

    /** The running time since the first request, in nanoseconds; 0 before it. Time in which the process is stopped does not count. */
    public static native long runningNanos();

    /** Ends the hold. Returns {@code -EINVAL} if none is held. */
    public static native int release();

    /**
     * Whether an arrival is another request to end than the last one, or only a repeat of it. The one place that knows
     * the rule is {@code heliograph_is_another_request()}. Times are on the clock of {@link System#nanoTime()}.
     */
    public static native boolean isAnotherRequest(
            int last, long lastArrivedAt, boolean lastIsFromKernel, int next, long nextArrivedAt, boolean isFromKernel);

    /** Does what the signal's disposition beneath ours would do, in the calling thread. */
    public static native int passOn(int signal);

    /** Blocks until a signal begins the shutdown, and returns its number; 0 when closed. */
    public static native int awaitBegin();

    /** Blocks until the deadline is over, and returns the signal's number; 0 when closed. */
    public static native int awaitDeadline();

    /** Sets the hooks in the last line: once when the shutdown begins, and once after the deadline. */
    public static native int atWork(long text, int length);

    /** Ends the process after the deadline: the report is written. */
    public static native int told(boolean isWhole);

    /** Makes an exit with status 128 + the signal a death by the signal, at the end of {@code exit(3)}. */
    public static native int dieBy(int signal);

    /**
     * The JDK's map of shutdown hooks, whose keys and values are Threads. Null if an exit has begun, or if it is not
     * found.
     */
    public static native @Nullable Object hooks();
}
