package io.heliograph.internal.jni;

/**
 * The natives of what the service manager hears; {@code heliograph_notify.h} documents them. Each returns 0 or {@code
 * -errno}. Call them only after {@link NativeLibrary#require()}.
 */
public final class NativeNotify {
    /** The result of {@link #open()} where no service manager listens: {@code -ENOENT}. */
    public static final int NO_SOCKET = -2;

    private NativeNotify() {}

    /** Opens the socket that the environment variable NOTIFY_SOCKET names. */
    public static native int open();

    /** Sends the message at that address. If it may wait, it waits for 300 ms at most. */
    public static native int send(long message, int length, boolean mayWait);

    public static native int close();
}
