package io.heliograph;

import io.heliograph.internal.proc.ProcSenderDetails;
import io.heliograph.internal.proc.ThisProcess;
import io.heliograph.internal.proc.UserNames;
import java.util.List;
import java.util.Optional;

/** The sender of a signal, as the kernel reported it; for {@link SignalEvent.Queued} as the sender itself did. */
public final class Sender {
    /** Where the sender is. A signal from the kernel is a {@link SignalEvent.FromKernel} and has no sender. */
    public enum Origin {
        /** This JVM's own process. */
        THIS_PROCESS,
        /** Another process in this pid namespace. */
        OTHER_PROCESS,
        /**
         * Pid 0 in a container: a process outside this pid namespace (pid_namespaces(7)), such as the container's
         * run-time. A standard signal whose details were lost looks the same there.
         */
        OUTSIDE,
        /**
         * Pid 0 in the first pid namespace: the kernel had no room for the details. This happens to a standard signal
         * sent with {@code sigqueue(3)} while the queue is full (RLIMIT_SIGPENDING, getrlimit(2)).
         */
        DETAILS_LOST
    }

    private static final int THIS_PID = ThisProcess.pid();

    private final int pid;
    private final int uid;
    private final boolean attaching;
    private final SenderDetails details;

    private Sender(int pid, int uid, boolean attaching, SenderDetails details) {
        this.pid = pid;
        this.uid = uid;
        this.attaching = attaching;
        this.details = details;
    }

    /**
     * The sender with these ids of siginfo, of a signal that has just arrived. Its details are read from {@code /proc}
     * at each call.
     *
     * @param pid si_pid of sigaction(2), 0 if it is not known
     * @param uid si_uid, an unsigned number of 32 bits
     * @return the sender
     */
    public static Sender of(int pid, int uid) {
        return of(pid, uid, false, ProcSenderDetails.later(pid, uid, System.nanoTime()));
    }

    /**
     * The sender with these ids and details.
     *
     * @param pid si_pid of sigaction(2), 0 if it is not known
     * @param uid si_uid, an unsigned number of 32 bits
     * @param attaching see {@link #isAttaching()}
     * @param details what is known of it besides the ids
     * @return the sender
     */
    public static Sender of(int pid, int uid, boolean attaching, SenderDetails details) {
        return new Sender(pid, uid, attaching, details);
    }

    /** {@return the process id in this process's pid namespace; 0 if it is not known} */
    public int pid() {
        return pid;
    }

    /** {@return the real user id, 0 to 4294967295, in this process's user namespace (user_namespaces(7))} */
    public long uid() {
        return Integer.toUnsignedLong(uid);
    }

    /** {@return the name of {@link #uid()} in {@code /etc/passwd}, which each call reads; empty if it has none} */
    public Optional<String> userName() {
        return UserNames.of(uid());
    }

    /** {@return where the sender is} */
    public Origin origin() {
        if (pid == 0) {
            return ThisProcess.isInFirstPidNamespace() ? Origin.DETAILS_LOST : Origin.OUTSIDE;
        }
        return pid == THIS_PID ? Origin.THIS_PROCESS : Origin.OTHER_PROCESS;
    }

    /**
     * {@return whether the signal was QUIT from a process that attaches to this JVM, such as jcmd: the file {@code
     * .attach_pidPID} existed when the signal arrived}
     */
    public boolean isAttaching() {
        return attaching;
    }

    /**
     * {@return the sender as the signal handler captured it, if a registration {@linkplain Delivery#withSender() wants
     * that} and it succeeded; otherwise as {@code /proc} shows it now} {@link SenderIdentity#look()} says which.
     *
     * <p>Each call reads executable, control group and {@link SenderIdentity#becameCommand()} from {@code /proc}, on
     * the calling thread. They are empty if the process is no longer the sender. Reading a command line may block
     * (docs/limits.md).
     */
    public SenderIdentity identity() {
        return pid == 0 ? SenderIdentity.NONE : details.identity();
    }

    /**
     * {@return the processes above the sender, its parent first, eight at most} Empty if none is known.
     *
     * <p>If the handler captured the sender, the dispatcher read the ancestors' ids and names right after the arrival.
     * Otherwise they are read now. Each call reads command lines and control groups, on the calling thread. They are
     * empty if the process has ended.
     */
    public List<Ancestor> ancestors() {
        return pid == 0 ? List.of() : details.ancestors();
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
