package io.heliograph;

/** One arrival of a signal, typed by its cause; or a {@link Lost}, several arrivals without details. */
public sealed interface SignalEvent {
    /** {@return the signal that arrived} */
    Signal signal();

    /**
     * {@return the time of arrival: nanoseconds on the clock of {@link System#nanoTime()}, stamped in the signal
     * handler} For {@link Lost} the time when the loss was noticed.
     */
    long arrivedAt();

    /**
     * {@return its place in the order of arrival over all signals of the process, rising from 1} If handlers run at the
     * same time on several threads, the order of their records in the pipe counts.
     */
    long sequence();

    /**
     * Sent by {@code kill(2)}, {@code tgkill(2)} or {@code raise(3)}.
     *
     * @param signal the signal that arrived
     * @param arrivedAt the time of arrival, see {@link SignalEvent#arrivedAt()}
     * @param sequence the place in the order of arrival, see {@link SignalEvent#sequence()}
     * @param sender the process that sent it
     */
    record Sent(Signal signal, long arrivedAt, long sequence, Sender sender) implements SignalEvent {}

    /**
     * Sent by {@code sigqueue(3)}, with a value. The sending process itself fills in {@code sender}; the kernel does
     * not check it (rt_sigqueueinfo(2)).
     *
     * @param signal the signal that arrived
     * @param arrivedAt the time of arrival, see {@link SignalEvent#arrivedAt()}
     * @param sequence the place in the order of arrival, see {@link SignalEvent#sequence()}
     * @param sender the process that says it sent it
     * @param value the value, si_value of sigaction(2)
     */
    record Queued(Signal signal, long arrivedAt, long sequence, Sender sender, int value) implements SignalEvent {}

    /**
     * CHLD from the kernel: a child process ended, stopped or continued.
     *
     * @param signal the signal that arrived
     * @param arrivedAt the time of arrival, see {@link SignalEvent#arrivedAt()}
     * @param sequence the place in the order of arrival, see {@link SignalEvent#sequence()}
     * @param pid the child's process id
     * @param status the exit status for {@link Change#EXITED}, else the number of the signal
     * @param change what happened to the child
     */
    record ChildChanged(Signal signal, long arrivedAt, long sequence, int pid, int status, Change change)
            implements SignalEvent {
        /** What happened to the child (POSIX, {@code <signal.h>}, CLD_EXITED to CLD_CONTINUED). */
        public enum Change {
            /** It exited. */
            EXITED,
            /** A signal killed it. */
            KILLED,
            /** A signal killed it, and it left a core dump. */
            DUMPED,
            /** It is traced, and stopped at a trap. */
            TRAPPED,
            /** A signal stopped it. */
            STOPPED,
            /** CONT continued it. */
            CONTINUED
        }
    }

    /**
     * A POSIX timer ({@code timer_create(2)}) expired.
     *
     * @param signal the signal that arrived
     * @param arrivedAt the time of arrival, see {@link SignalEvent#arrivedAt()}
     * @param sequence the place in the order of arrival, see {@link SignalEvent#sequence()}
     * @param value the value that the timer was made with
     * @param overrun the expirations since the last delivered one (timer_getoverrun(2))
     */
    record TimerExpired(Signal signal, long arrivedAt, long sequence, int value, int overrun) implements SignalEvent {}

    /**
     * From the kernel, not from a process: the terminal's Ctrl-C, a hang-up, a limit, a descriptor that is ready.
     *
     * @param signal the signal that arrived
     * @param arrivedAt the time of arrival, see {@link SignalEvent#arrivedAt()}
     * @param sequence the place in the order of arrival, see {@link SignalEvent#sequence()}
     * @param code si_code of sigaction(2)
     */
    record FromKernel(Signal signal, long arrivedAt, long sequence, int code) implements SignalEvent {}

    /**
     * Arrivals of which only the number is known: the pipe or the worker's mailbox was full.
     *
     * @param signal the signal that arrived
     * @param arrivedAt the time of arrival, see {@link SignalEvent#arrivedAt()}
     * @param sequence the place in the order of arrival, see {@link SignalEvent#sequence()}
     * @param count how many, at least 1, since this worker's last {@code Lost}
     */
    record Lost(Signal signal, long arrivedAt, long sequence, long count) implements SignalEvent {}
}
