package io.heliograph;

import io.heliograph.internal.ProcFiles;
import io.heliograph.internal.ThisProcess;

/** Who sent a signal, as the kernel (or for {@link SignalEvent.Queued} the sender) said when it was sent. */
public final class Sender {
    /** How far the sender is known. What the kernel itself sends is a {@link SignalEvent.FromKernel} and has none. */
    public enum Origin {
        /** This JVM's own process. */
        THIS_PROCESS,
        /** Another process that this one can see. */
        OTHER_PROCESS,
        /**
         * Pid 0: a process in another pid namespace, or the kernel had no room for the details (a standard signal sent
         * with {@code sigqueue(3)} while the queue was full).
         */
        UNKNOWN
    }

    private static final int THIS_PID = ThisProcess.pid();

    private final int pid;
    private final int uid;

    private Sender(int pid, int uid) {
        this.pid = pid;
        this.uid = uid;
    }

    /** The sender of these ids, as siginfo has them. */
    public static Sender of(int pid, int uid) {
        return new Sender(pid, uid);
    }

    /** The process id in this process's pid namespace; 0 where it is not known. */
    public int pid() {
        return pid;
    }

    /** The real user id, 0 to 4294967295. */
    public long uid() {
        return Integer.toUnsignedLong(uid);
    }

    /** How far it is known. */
    public Origin origin() {
        if (pid == 0) {
            return Origin.UNKNOWN;
        }
        return pid == THIS_PID ? Origin.THIS_PROCESS : Origin.OTHER_PROCESS;
    }

    /**
     * What {@code /proc} says of the process now; each call reads it anew.
     *
     * <p>Best effort: the process may be gone, may have become another program, or, after it was gone, its id may have
     * been given to another process. All but the ids is what the sender says of itself: untrusted input. It reads a few
     * small files, on the calling thread.
     */
    public SenderIdentity identity() {
        return origin() == Origin.UNKNOWN ? SenderIdentity.NONE : ProcFiles.identityOf(pid);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sender sender && sender.pid == pid && sender.uid == uid;
    }

    @Override
    public int hashCode() {
        return 31 * pid + uid;
    }

    @Override
    public String toString() {
        return "pid " + pid + ", uid " + uid();
    }
}
