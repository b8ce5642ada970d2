package io.heliograph.workers;

/** What a thread of a {@link WorkerGroup} does. */
@FunctionalInterface
public interface Body {
    /**
     * Does the work, on a thread of its own.
     *
     * <p>When the group ends, it is asked to: {@link Interruption} says how. What it throws comes back from
     * {@link WorkerGroup#join()}, as the cause of a {@link WorkerFailure}.
     */
    void run() throws Exception;
}
