package io.heliograph.workers;

import io.heliograph.Signal;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A child process, with all its descendants.
 *
 * <p>A supervisor, a small process, stands between this process and the child. It is the child's parent ({@code
 * getppid()}, a shell's {@code $PPID}) and leads the child's process group.
 */
public sealed interface ProcessWorker extends Worker permits GroupProcess {
    /**
     * {@return the id of its process}
     *
     * @throws IllegalStateException while it waits in a pool, or if it could not start
     */
    long pid();

    /**
     * {@return the child as a {@link Process} of the JDK} {@link Process#destroy()} asks it and its descendants to end,
     * as {@link #terminate()}; {@link Process#destroyForcibly()} kills them all. Neither end is a failure. The exit
     * value is 128 + n for signal n; {@link #status()} tells more. If the child ends before this process can look at
     * it, {@link Process#toHandle()} throws UnsupportedOperationException, and {@link Process#info()} and {@link
     * Process#children()} are empty.
     *
     * @throws IllegalStateException as {@link #pid()}
     */
    Process process();

    /** {@return its last change: stopped, continued, exited or killed; empty before the first change} */
    Optional<ChildStatus> status();

    /**
     * Calls the listener for each change of {@link #status()} from now on, in order. All processes of this JVM share
     * the calling thread, so a listener that blocks delays the other processes' ends. What it throws goes to that
     * thread's uncaught exception handler.
     *
     * @param listener is called with the new status
     * @return this
     */
    ProcessWorker onChange(Consumer<ChildStatus> listener);

    /**
     * Sends TERM to it and its descendants, and continues stopped ones. Its death from TERM is no failure. Does not
     * block, and does nothing if the process has ended or has not started.
     */
    void terminate();

    /**
     * Sends a signal to it and its descendants, once to each. Workers of a descendant's own group get it from that
     * group. Its death from the signal is no failure. Does not block, and does nothing if the process has ended or has
     * not started.
     *
     * @param signal the signal to send
     * @throws io.heliograph.SignalException EAGAIN if the user's signal queue is full (RLIMIT_SIGPENDING) and the
     *     signal needs a place in it: KILL, STOP, CHLD, CONT and SYS do
     */
    void send(Signal signal);
}
