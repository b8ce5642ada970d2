package io.heliograph.agent.log;

/** Where event lines go. The agent's thread alone writes. */
interface LogTarget {
    /**
     * Writes one line, to which it adds the end.
     *
     * @throws Exception if the line is not there; its message says why
     */
    void write(String line) throws Exception;

    /** Lets go of what it holds. */
    default void close() {}

    /**
     * Waits until what {@link #close()} has begun is done.
     *
     * @return whether it is, in time
     */
    default boolean awaitClosed(long nanos) throws InterruptedException {
        return true;
    }
}
