package io.heliograph.workers;

import java.time.Duration;
import java.util.Optional;

/** A thread or a child process of a {@link WorkerGroup}. Any thread may call its methods; only {@code join} blocks. */
public sealed interface Worker permits ThreadWorker, ProcessWorker {
    /** {@return its name, as the program gave it} */
    String name();

    /** {@return whether it still works or waits in a pool} A process works until its last descendant has ended. */
    boolean isAlive();

    /**
     * {@return its failure: the exception that its body threw, or for a process a {@link WorkerFailure} with its
     * status} Empty if it has not failed so far. When the group ends, a {@link io.heliograph.SignalInterrupt}, an
     * {@link InterruptedException} and its like are no failures, with either {@link Interruption}.
     *
     * <p>If a process dies from one of the group's signals that the group did not send, the signal may still be on its
     * way to this process. A {@code join} or {@link WorkerGroup#close()} decides whether it is a failure.
     */
    Optional<Throwable> failure();

    /**
     * Waits for its end. Does not throw its failure: {@link WorkerGroup#join()} does. In another worker of the group it
     * is a blocking call like any other, which the group can interrupt.
     *
     * @throws io.heliograph.SignalInterrupt if a signal ends the group; thrown when all its workers have ended
     * @throws InterruptedException as {@link WorkerGroup#join()}
     * @throws IllegalStateException if this worker itself calls it
     */
    void join() throws InterruptedException;

    /**
     * As {@link #join()}, but with a time limit.
     *
     * @param time how long to wait; zero or less does not wait
     * @return false if the time was over before its end
     * @throws io.heliograph.SignalInterrupt as {@link #join()}
     * @throws InterruptedException as {@link WorkerGroup#join()}
     * @throws IllegalStateException as {@link #join()}
     */
    boolean join(Duration time) throws InterruptedException;
}
