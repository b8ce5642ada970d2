package io.heliograph;

/**
 * One registration of a signal, made by {@link Signals}. It lasts until it is closed. Any thread may call its methods.
 */
public interface Registration extends AutoCloseable {
    /** {@return the signal that it registers} */
    Signal signal();

    /**
     * Ends the registration, without waiting for the worker. A second call does nothing.
     *
     * <p>When it returns, the signal's disposition no longer follows from this registration. The last registration of a
     * signal restores the disposition from before the first. If other code has put a handler above ours, that one
     * stays, and ours passes on what it gets. Earlier arrivals still reach the worker, perhaps after the return; later
     * ones do not. A signal that arrives during the change is either dispatched or meets the old disposition.
     */
    @Override
    void close();
}
