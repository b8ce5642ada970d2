package io.heliograph.internal.jni;

/**
 * The natives that raise an exception in another thread. They take objects, since JVMTI needs them. Call them only
 * after {@link NativeLibrary#require()}.
 */
public final class NativeRaise {
    /** As in {@code raise.h}. */
    public static final int PLACE_NUMBERS = 5;

    private NativeRaise() {}

    /**
     * Takes the JVMTI environment and its capabilities, unless it has them. One thread at a time may call it.
     *
     * @param frames the class whose methods {@code body} and {@code unbroken} mark a stack
     * @param virtualThreads whether to take those for virtual threads, too
     * @return {@code enum heliograph_raise_ready} of {@code raise.h}
     */
    public static native int prepare(Class<?> frames, boolean virtualThreads);

    /**
     * Suspends the thread, which must not be the caller, raises the exception if it can, and resumes the thread.
     *
     * @param how bits of {@code enum heliograph_raise_how}
     * @param place in: where the last exception was sent; out: where this one was. It has {@link #PLACE_NUMBERS}
     *     numbers
     * @return {@code enum heliograph_raise_outcome}
     */
    public static native int attempt(Thread thread, Throwable what, int how, long[] place);

    /** The thread's processor time in nanoseconds; -1 if the JVM does not know it. */
    public static native long cpuTime(Thread thread);

    /** Does nothing. When it returns, the JVM throws an exception that was sent to the thread and is pending. */
    public static native void flush();
}
