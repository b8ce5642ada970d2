package io.heliograph.agent.log;

/** A place for event lines. The agent's thread alone writes. */
interface LogTarget {
    /**
     * Writes one line and its line end.
     *
     * @throws Exception if the line was not written; the message says why
     */
    void write(String line) throws Exception;

    /** Closes it. */
    default void close() {}

    /**
     * Waits until it is closed.
     *
     * @return false if the time was over before
     */
    default boolean awaitClosed(long nanos) throws InterruptedException {
        return true;
    }
}
