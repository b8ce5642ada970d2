package io.heliograph.internal.jni;

import io.heliograph.internal.dispatch.DispositionReader;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The natives of {@code native/src/seam.c}, which documents them with {@code heliograph.h}. Each returns a value, or
 * {@code -errno} for {@link NativeCall} to make an exception of. Call them only after {@link NativeLibrary#require()}.
 */
public final class Native {
    /** Read by the library when it is loaded: it refuses a jar of another version. */
    static final String JAR_VERSION = JarVersion.read();

    /** What a read answers once the JVM ends and no shutdown hook is at work any more ({@code vm_death.h}): ESHUTDOWN, errno(3). */
    public static final int VM_IS_DEAD = -108;

    /** Written by a copy of the library, once, when it has bound the natives of this class. */
    @SuppressWarnings("unused")
    private static volatile boolean isBound;

    private Native() {}

    static boolean isBound() {
        return isBound;
    }

    public static native int open(int pipeBytes);

    /** Only where no thread reads. */
    public static native int close();

    public static native int catchSignal(int signal);

    public static native int observe(int signal);

    public static native int observeDefault(int signal);

    public static native int ignore(int signal);

    public static native int restoreDefault(int signal);

    public static native int restore(int signal);

    /** Waits, for less than a handler takes, until all that was stamped before is in the pipe. */
    public static native int settle(int signal);

    /** The same for so many nanoseconds at most; {@code -ETIMEDOUT} where a handler takes longer. */
    public static native int settleWithin(int signal, long mostNanos);

    public static native int setPrivate(int signal);

    public static native int leaveTimers(int signal);

    public static native int leaveAttach(int signal);

    public static native int raise(int signal);

    public static native int meetDefault(int signal);

    public static native int setBlocking(boolean blocking);

    /** The address of a direct buffer, good for as long as the buffer is reachable. */
    public static native long address(ByteBuffer buffer);

    /** Fills records of {@link RecordBuffer}; blocks until there is one, unless set not to. */
    public static native int read(long records, int max);

    /** Marks the end of what has arrived; the thread that reads alone, as for {@link #isPastMark()}. */
    public static native int mark();

    /** Whether all that had arrived at the mark has been read, and its losses told. */
    public static native boolean isPastMark();

    public static native int wake();

    /** Writes three longs: arrived, dispatched, lost. */
    public static native int ledger(int signal, long counts);

    public static native int send(int pid, int signal);

    /** This process's, in its own pid namespace. */
    public static native int processId();

    /** Whether there is such a process, a zombie too, and also where /proc hides it. */
    public static native boolean processExists(int pid);

    public static native int queue(int pid, int signal, int value);

    /** Writes {@code struct heliograph_disposition}, which {@link DispositionReader} reads. */
    public static native int disposition(int signal, long disposition);

    /** The table of handlers in {@code jdk.internal.misc.Signal}; null for a JDK that has none. */
    public static native @Nullable Object jvmHandlers();

    /** What {@code sun.misc.Signal} has wrapped in this handler; null where it is no such wrapper. */
    public static native @Nullable Object wrappedHandler(Object handler);

    /** The signals that somebody else has put another disposition above ours for: bit n-1 is signal n. */
    public static native long displaced();

    static native int maxSignal();

    /** Writes the name and returns its length, 0 where the number is no signal. */
    static native int name(int signal, long text, int room);

    static native int errorText(int errno, long text, int room);
}
