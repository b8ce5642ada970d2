package io.heliograph.internal.jni;

/**
 * The natives of {@code native/src/seam_raise.c}: an exception raised in another thread. They take objects, since the JVM
 * knows threads and exceptions by nothing else. Call them only after {@link NativeLibrary#require()}.
 */
public final class NativeRaise {
    /** As in {@code native/src/raise.h}. */
    public static final int PLACE_NUMBERS = 5;

    private NativeRaise() {}

    /**
     * Takes the JVM's tool interface and its capabilities, unless it has them; one thread at a time.
     *
     * @param frames the class whose methods {@code body} and {@code unbroken} mark a stack
     * @param virtualThreads whether those for virtual threads are to be among them
     * @return {@code enum heliograph_raise_ready} of {@code native/src/raise.h}
     */
    public static native int prepare(Class<?> frames, boolean virtualThreads);

    /**
     * Suspends the thread, which is not the caller's, raises the exception or does not, and lets it go on.
     *
     * @param how bits of {@code enum heliograph_raise_how}
     * @param place where the former was sent to, and then where this one was; of {@link #PLACE_NUMBERS}
     * @return {@code enum heliograph_raise_outcome}
     */
    public static native int attempt(Thread thread, Throwable what, int how, long[] place);

    /** The nanoseconds for which the thread has had a processor; -1 where the JVM does not tell. */
    public static native long cpuTime(Thread thread);

    /** Does nothing. As it returns, the JVM throws what was raised in the thread and has not been thrown yet. */
    public static native void flush();
}
