package io.heliograph.internal.jni;

/**
 * The natives of {@code native/src/seam_sender.c}: who sent a signal, and how soon its handler runs. Call them only after
 * {@link NativeLibrary#require()}.
 */
public final class NativeSender {
    private NativeSender() {}

    /** Whether the handler looks at the senders of a signal, {@code heliograph_look_at_senders()}. */
    public static native int lookAtSenders(int signal, boolean wanted);

    /** Writes {@code struct heliograph_lineage} of a record's sender; the thread that reads alone. 0 or {@code -errno}. */
    static native int senderOf(int sender, long lineage);

    /** The same of any process, looked at now, with so many ancestors at most. */
    static native int lineageOf(int pid, int mostAncestors, long lineage);

    /** When a process started, in clock ticks since boot, or {@code -errno}. */
    public static native long started(int pid);

    /** A time on the clock of {@link System#nanoTime()}, in clock ticks since boot. */
    public static native long ticksOf(long nanos);

    /**
     * Whether the dispatcher's thread, and the java launcher's first one, ask the kernel for a short time slice, {@code
     * heliograph_set_short_slice()}.
     */
    public static native int setShortSlices(boolean areShort);
}
