package io.heliograph;

import io.heliograph.internal.proc.ProcSenderDetails;
import io.heliograph.internal.proc.ThisProcess;
import io.heliograph.internal.proc.UserNames;
import java.util.List;
import java.util.Optional;

/** Who sent a signal, as the kernel (or for {@link SignalEvent.Queued} the sender) said when it was sent. */
public final class Sender {
    /** Where the sender is. What the kernel itself sends is a {@link SignalEvent.FromKernel} and has no sender. */
    public enum Origin {
        /** This JVM's own process. */
        THIS_PROCESS,
        /** Another process that this one can see. */
        OTHER_PROCESS,
        /**
         * Pid 0 in a container: a process outside this pid namespace (pid_namespaces(7)), as the container's run-time or a
         * process of the host. A standard signal whose details were lost looks the same there.
         */
        OUTSIDE,
        /**
         * Pid 0 in the first pid namespace: the kernel had no room for the details, as for a standard signal sent with
         * {@code sigqueue(3)} while the queue was full (RLIMIT_SIGPENDING, getrlimit(2)).
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
     * The sender of these ids, as siginfo has them, of a signal that has just arrived. Its details are what {@code /proc} says
     * when they are asked for.
     */
    public static Sender of(int pid, int uid) {
        return of(pid, uid, false, ProcSenderDetails.later(pid, uid, System.nanoTime()));
    }

    /**
     * The sender of these ids with these details.
     *
     * @param attaching see {@link #isAttaching()}
     */
    public static Sender of(int pid, int uid, boolean attaching, SenderDetails details) {
        return new Sender(pid, uid, attaching, details);
    }

    /** The process id in this process's pid namespace; 0 where it is not known. */
    public int pid() {
        return pid;
    }

    /** The real user id, 0 to 4294967295, as it is in this process's user namespace (user_namespaces(7)). */
    public long uid() {
        return Integer.toUnsignedLong(uid);
    }

    /** The name of {@link #uid()} in {@code /etc/passwd}, which each call reads; empty where it has none. */
    public Optional<String> userName() {
        return UserNames.of(uid());
    }

    /** Where it is. */
    public Origin origin() {
        if (pid == 0) {
            return ThisProcess.isInFirstPidNamespace() ? Origin.DETAILS_LOST : Origin.OUTSIDE;
        }
        return pid == THIS_PID ? Origin.THIS_PROCESS : Origin.OTHER_PROCESS;
    }

    /**
     * Whether the signal was QUIT from a process that attaches to this JVM (jcmd, or an agent that attaches to itself): the
     * file {@code .attach_pidPID} was there when the signal arrived.
     */
    public boolean isAttaching() {
        return attaching;
    }

    /**
     * What the signal handler captured of the sender when the signal arrived, if a registration {@linkplain
     * Delivery#withSender() wants it} and the handler could; else what {@code /proc} says now. {@link SenderIdentity#look()}
     * says which.
     *
     * <p>Executable, control group and {@link SenderIdentity#becameCommand()} are read from {@code /proc} at each call, on the
     * calling thread, and left empty where the process is not the one that sent the signal any more. It reads a few small
     * files; the command line of a process may have to be waited for (docs/limits.md).
     */
    public SenderIdentity identity() {
        return pid == 0 ? SenderIdentity.NONE : details.identity();
    }

    /**
     * The processes above the sender, its parent first: eight at most. Empty where none is known.
     *
     * <p>If the handler captured the sender, the dispatcher read their ids and names right after the signal had arrived. Else
     * all of them is read now. Command lines and control groups are read at each call, on the calling thread, and left
     * empty where a process is another one now.
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
