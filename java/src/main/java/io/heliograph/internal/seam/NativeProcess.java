package io.heliograph.internal.seam;

/**
 * The natives of {@code native/src/seam_process.c}, for supervised processes. Each returns a value, or {@code -errno} for
 * {@link NativeCall} to make an exception of. Call them only after {@link NativeLibrary#require()}.
 */
public final class NativeProcess {
    private NativeProcess() {}

    /** Makes a pipe, and writes the two descriptors, first that of the read end. */
    public static native int openPipe(long ends);

    /** Reads whole records; blocks until there is one. */
    public static native int read(int descriptor, long records, int bytes);

    /** Writes the record that says that a supervisor has ended: behind all that it has written itself. */
    public static native int writeLeft(int descriptor, int id);

    /** Makes a file of these bytes that has no name, and can be executed; its descriptor. */
    public static native int memoryFile(long bytes, int length);

    /** Opens a file for reading; its descriptor. */
    public static native int openFile(long path);

    public static native int close(int descriptor);

    /** Beside a signal: whoever is stopped is to go on. */
    public static final int WAKE = 0x200;

    /** Beside a signal: this JVM was sent it itself, and who was sent it with us has it already. */
    public static final int SENT = 0x100;

    /** See {@link #openProcess}. */
    public static final int GONE = Integer.MIN_VALUE;

    /**
     * A descriptor of a child process; {@link #GONE} where there is no such child; another negative number where the kernel
     * has no such descriptors.
     */
    public static native int openProcess(int pid);

    /**
     * Asks a supervisor to send a signal to its whole tree; {@code -EAGAIN} where the user's queue is full, and the signal needs
     * it. One that has ended has nobody to tell: 0. The descriptor is its own; where that is negative, the pid is used.
     *
     * @param sentAt beside {@link #SENT}, by {@link System#nanoTime()}
     */
    public static native int ask(int descriptor, int supervisor, int signal, int flags, long sentAt);

    /** Asks a supervisor to kill its whole tree; one that has ended has none: 0. */
    public static native int force(int descriptor, int supervisor);

    /** {@code -EPERM}. */
    public static native int notPermitted();
}
