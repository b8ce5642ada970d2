package io.heliograph.internal.jni;

import io.heliograph.internal.dispatch.DispositionReader;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The natives of the signal library; {@code heliograph.h} documents them. Each returns a value, or {@code -errno}, of
 * which {@link NativeCall} makes an exception. Call them only after {@link NativeLibrary#require()}.
 */
public final class Native {
    /** The library reads it when it is loaded, and refuses a jar of another version. */
    static final String JAR_VERSION = JarVersion.read();

    /** The result of a read when the JVM ends and no shutdown hook is at work any more: {@code -ESHUTDOWN}. */
    public static final int VM_IS_DEAD = -108;

    /** Written by the library when it has bound the natives of this class. */
    @SuppressWarnings("unused")
    private static volatile boolean isBound;

    private Native() {}

    static boolean isBound() {
        return isBound;
    }

    public static native int open(int pipeBytes);

    /** Call it only if no thread reads. */
    public static native int close();

    public static native int catchSignal(int signal);

    public static native int observe(int signal);

    public static native int observeDefault(int signal);

    public static native int ignore(int signal);

    public static native int setDefault(int signal);

    public static native int restore(int signal);

    /** Waits until all arrivals stamped before are in the pipe, which takes less time than a handler. */
    public static native int waitForHandlers(int signal);

    /** The same for so many nanoseconds at most; {@code -ETIMEDOUT} if a handler takes longer. */
    public static native int waitForHandlersWithin(int signal, long mostNanos);

    public static native int setPrivate(int signal);

    public static native int leaveTimers(int signal);

    public static native int leaveAttach(int signal);

    public static native int raise(int signal);

    public static native int runDefaultAction(int signal);

    public static native int setBlocking(boolean blocking);

    /** Whether the thread that reads asks for a short time slice. */
    public static native int setShortSlice(boolean isShort);

    /** The address of a direct buffer, valid while the buffer is reachable. */
    public static native long address(ByteBuffer buffer);

    /** Fills records of {@link RecordBuffer}. Blocks until there is one, unless {@link #setBlocking} says not to. */
    public static native int read(long records, int max);

    /** Marks the end of the arrivals. Called by the reading thread alone, as {@link #isPastMark()}. */
    public static native int mark();

    /** Whether all arrivals up to the mark are read, with their losses. */
    public static native boolean isPastMark();

    public static native int wake();

    /** Writes three longs: arrived, dispatched, lost. */
    public static native int ledger(int signal, long counts);

    public static native int send(int pid, int signal);

    /** This process's, in its own pid namespace. */
    public static native int processId();

    /** Whether there is such a process, even if it is a zombie or /proc hides it. */
    public static native boolean processExists(int pid);

    public static native int queue(int pid, int signal, int value);

    /** Writes {@code struct heliograph_disposition}, which {@link DispositionReader} reads. */
    public static native int disposition(int signal, long disposition);

    /** The table of handlers in {@code jdk.internal.misc.Signal}; null if this JDK has none. */
    public static native @Nullable Object jvmHandlers();

    /** The handler that {@code sun.misc.Signal} has wrapped in this one; null if it is no wrapper. */
    public static native @Nullable Object wrappedHandler(Object handler);

    /** The signals whose disposition other code has replaced; bit n-1 is signal n. */
    public static native long displaced();

    static native int maxSignal();

    /** Writes the name and returns its length; 0 if the number is no signal. */
    static native int name(int signal, long text, int room);

    static native int errorText(int errno, long text, int room);
}
