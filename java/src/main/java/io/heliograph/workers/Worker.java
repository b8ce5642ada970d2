package io.heliograph.workers;

import java.time.Duration;
import java.util.Optional;

/** A thread or a child process at work for a {@link WorkerGroup}. Any thread may call its methods. */
public sealed interface Worker permits ThreadWorker, ProcessWorker {
    /** The name that it was given. */
    String name();

    /**
     * Whether it still works, or waits for its turn in a pool. A process works until the last of its descendants is gone.
     */
    boolean isAlive();

    /**
     * What it failed with: an exception of its body that is not the answer to being asked to end; of a process a
     * {@link WorkerFailure} that tells its status. Empty where it has not failed, or not yet. An answer to being asked is,
     * whatever the {@link Interruption}, also an {@link InterruptedException} and its like: where a thread waits in a lock or a
     * queue, that is what asks it.
     *
     * <p>Where one of the group's own signals has ended a process that the group had not sent it to, it is empty until a
     * {@code join}, or {@link WorkerGroup#close()}, has found out whether that came to this process too: {@link
     * WorkerGroup#join()}.
     */
    Optional<Throwable> failure();

    /**
     * Waits for its end. Does not throw what it failed with: {@link WorkerGroup#join()} does. Another worker of the group
     * may call it: there it is a blocking call like any other, which ends as the {@link Interruption} says.
     *
     * @throws io.heliograph.SignalInterrupt if a signal ends the group, when all its workers have ended
     * @throws InterruptedException as {@link WorkerGroup#join()}
     * @throws IllegalStateException if it is this worker itself that calls it
     */
    void join() throws InterruptedException;

    /**
     * Waits for its end, but not longer than this.
     *
     * @return whether it has ended
     * @throws io.heliograph.SignalInterrupt as {@link #join()}
     * @throws InterruptedException as {@link WorkerGroup#join()}
     * @throws IllegalStateException as {@link #join()}
     */
    boolean join(Duration time) throws InterruptedException;
}
