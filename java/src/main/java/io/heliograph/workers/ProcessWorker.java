package io.heliograph.workers;

import io.heliograph.Signal;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A child process, with all its descendants.
 *
 * <p>Between this process and the child stands a supervisor, a small process of its own. The supervisor is the child's parent
 * ({@code getppid()}, a shell's {@code $PPID}), and leads the child's process group.
 */
public sealed interface ProcessWorker extends Worker permits GroupProcess {
    /**
     * The id of its process.
     *
     * @throws IllegalStateException while it waits for its turn in a pool, or where it could not be started
     */
    long pid();

    /**
     * The child as the JDK has it: its streams, its id, its end. {@link Process#destroy()} asks it and its descendants to
     * end, as {@link #terminate()}, and {@link Process#destroyForcibly()} kills them all; that it ends by that is no failure.
     * {@link #status()} tells more of its end than the exit value, which is 128 + n for signal n. Where the child had ended
     * before this process could look at it, as one that ends at once may have, {@link Process#toHandle()} throws
     * UnsupportedOperationException, {@link Process#info()} is empty and {@link Process#children()} are none: there is no such
     * process any more, or it is somebody else's.
     *
     * @throws IllegalStateException as {@link #pid()}
     */
    Process process();

    /** What became of it last: stopped, continued, exited or killed; empty where nothing has yet. */
    Optional<ChildStatus> status();

    /**
     * Tells the listener of each change of {@link #status()} from now on, in their order, as long as the worker lives. All
     * processes of this JVM share the thread on which that is done: a listener that blocks holds up the others' ends. What it
     * throws goes to that thread's handler of uncaught exceptions.
     *
     * @return this
     */
    ProcessWorker onChange(Consumer<ChildStatus> listener);

    /**
     * Asks it and its descendants to end, by TERM; stopped ones continue for that. That it ends by that is no failure.
     * Does not wait, and does nothing if it has ended or has not been started.
     */
    void terminate();

    /**
     * Sends a signal to it and its descendants, once to each. Processes that a descendant has started as workers of a group of
     * its own receive the signal from that group. That it ends by that is no failure. Does not wait, and does nothing if it has
     * ended or has not been started.
     *
     * @throws io.heliograph.SignalException EAGAIN, if the user's queue of signals is full (RLIMIT_SIGPENDING) and this one
     *     can't be sent without a place in it: KILL, STOP, CHLD, CONT and SYS
     */
    void send(Signal signal);
}
