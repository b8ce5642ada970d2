package io.heliograph;

/** The code that a caught or observed signal is dispatched to. */
@FunctionalInterface
public interface SignalWorker {
    /**
     * Handles one event.
     *
     * <p>It is ordinary Java code: it may block, lock, allocate and call anything. The registration's {@link Delivery}
     * says which thread calls it. Calls of one registration never overlap and come in the order of {@link
     * SignalEvent#sequence()}.
     *
     * <p>What it throws goes to the calling thread's uncaught exception handler. It harms neither other workers nor
     * later events of this one.
     *
     * @param event the arrival
     * @throws Exception if the worker fails; the registration stays
     */
    void onSignal(SignalEvent event) throws Exception;
}
