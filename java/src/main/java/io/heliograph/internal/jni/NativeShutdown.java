package io.heliograph.internal.jni;

import org.jspecify.annotations.Nullable;

/**
 * The natives of {@code native/src/seam_shutdown.c}: the shutdown with a deadline, of {@code heliograph_shutdown.h}. Each returns a
 * value, or {@code -errno}. Call them only after {@link NativeLibrary#require()}.
 */
public final class NativeShutdown {
    private NativeShutdown() {}

    /** Starts the native thread that keeps the deadline. */
    public static native int open();

    /** Ends it, and both waits; {@code -EBUSY} where a shutdown has begun, which cannot be called off. */
    public static native int close();

    /** From now on an arrival of the signal begins the shutdown; 0 nanoseconds: without a deadline. */
    public static native int on(int signal, long withinNanos, boolean bySignal);

    public static native int off(int signal);

    /** The number of the signal that has begun the shutdown, 0 where none has. */
    public static native int begunBy();

    /** Blocks until a signal begins the shutdown, and returns its number; 0 when closed. */
    public static native int awaitBegin();

    /** Blocks until the deadline is over, and returns the signal's number; 0 when closed. */
    public static native int awaitDeadline();

    /** What the last line says of those who are at work: once when it has begun, and once after the deadline. */
    public static native int atWork(long text, int length);

    /** After the deadline: there is nothing more to wait for, and the process ends. */
    public static native int told(boolean isWhole);

    /** From now on an exit with status 128 + the signal is a death by the signal, at the end of {@code exit(3)}. */
    public static native int dieBy(int signal);

    /** The JDK's map of shutdown hooks, keys and values Threads; null once an exit has begun, or where it isn't found. */
    public static native @Nullable Object hooks();
}
