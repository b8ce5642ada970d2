package io.heliograph.internal.jni;

/**
 * The natives for supervised processes. Each returns a value, or {@code -errno}, of which {@link NativeCall} makes an
 * exception. Call them only after {@link NativeLibrary#require()}.
 */
public final class NativeProcess {
    private NativeProcess() {}

    /** Makes a pipe, and writes the two descriptors, first that of the read end. */
    public static native int openPipe(long ends);

    /** Reads whole records; blocks until there is one. */
    public static native int read(int descriptor, long records, int bytes);

    /** Writes the record of a supervisor's end, behind all of the supervisor's own records. */
    public static native int writeLeft(int descriptor, int id);

    /** Makes an executable file of these bytes, without a name; returns its descriptor. */
    public static native int memoryFile(long bytes, int length);

    /** Opens a file for reading; returns its descriptor. */
    public static native int openFile(long path);

    public static native int close(int descriptor);

    /** Beside a signal: this JVM received it itself, and passes it on. */
    public static final int PASSED_ON = 0x100;

    /** Beside a signal: stopped processes continue after it. */
    public static final int WAKE = 0x200;

    /** Beside a signal that is passed on: the kernel sent it, as it does for the terminal's Ctrl-C. */
    public static final int FROM_KERNEL = 0x400;

    /** See {@link #openProcess}. */
    public static final int GONE = Integer.MIN_VALUE;

    /**
     * Opens a pidfd of a child process. Returns {@link #GONE} if there is no such child, another negative number if the
     * kernel has no pidfds.
     */
    public static native int openProcess(int pid);

    /**
     * Orders a supervisor to send a signal to its whole tree. Returns {@code -EAGAIN} if the user's queue is full and
     * the order needs it; 0 if the supervisor has ended. Uses the pid if the descriptor is negative or a seccomp filter
     * denies it.
     */
    public static native int order(int descriptor, int supervisor, int signal, int flags);

    /** Orders a supervisor to kill its whole tree. Returns 0 if the supervisor has ended. */
    public static native int force(int descriptor, int supervisor);

    /** Runs the handlers of the signals that are pending for this process, unless another thread is about to; 0. */
    public static native int takePending();

    /** {@code -EPERM}. */
    public static native int notPermitted();
}
