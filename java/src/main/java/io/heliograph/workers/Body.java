package io.heliograph.workers;

/** The code of a thread worker of a {@link WorkerGroup}. */
@FunctionalInterface
public interface Body {
    /**
     * Does the work, on the worker's thread.
     *
     * <p>When the group ends, the group interrupts it: {@link Interruption} says how. {@link WorkerGroup#join()} throws
     * a {@link WorkerFailure} with the exception that this method throws as its cause.
     *
     * @throws Exception if the work fails, or has been interrupted
     */
    void run() throws Exception;
}
