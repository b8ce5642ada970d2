package io.heliograph;

/** One claim on a signal, from its making by {@link Signals} until it is closed. Any thread may call it. */
public interface Registration extends AutoCloseable {
    /** The signal that it is about. */
    Signal signal();

    /**
     * Ends the claim, without waiting for the worker. Closing a second time does nothing.
     *
     * <p>When it returns, the signal's disposition no longer follows from this registration; after the last one of a
     * signal it is again what it was before the first, unless something else has since put a handler above ours: that
     * one is left alone, and what it passes on to ours is passed on. Every arrival before that still reaches the worker
     * (perhaps after the return), no later one does: a signal that comes during the change is either delivered or meets
     * the disposition that was there before.
     */
    @Override
    void close();
}
