package io.heliograph.internal.jni;

/** The natives for senders. Call them only after {@link NativeLibrary#require()}. */
public final class NativeSender {
    private NativeSender() {}

    /** Sets whether the handler captures the senders of a signal ({@code heliograph_look_at_senders()}). */
    public static native int lookAtSenders(int signal, boolean wanted);

    /** Writes {@code struct heliograph_lineage} of a record's sender. Called by the reading thread alone. */
    static native int senderOf(int sender, long lineage);

    /** The same for any process as it is now, with so many ancestors at most. */
    static native int lineageOf(int pid, int mostAncestors, long lineage);

    /** When a process started, in clock ticks since boot, or {@code -errno}. */
    public static native long started(int pid);

    /** A time on the clock of {@link System#nanoTime()}, in clock ticks since boot. */
    public static native long ticksOf(long nanos);
}
