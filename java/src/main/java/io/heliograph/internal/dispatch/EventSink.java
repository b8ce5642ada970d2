package io.heliograph.internal.dispatch;

import io.heliograph.SignalEvent;

/** The way from the dispatcher to one worker. */
interface EventSink {
    /**
     * Hands an event over. Called by the dispatcher alone; never blocks, except that an inline worker runs in it.
     *
     * @return whether the worker has it or will get it; otherwise it was counted, and the worker will be told
     */
    boolean offer(SignalEvent event);

    /** Counts arrivals that were lost on the way here, to be told to the worker. Called by the dispatcher alone. */
    void lose(SignalEvent.Lost lost);

    /** No event will follow; what is there is still handled. Any thread. */
    void end();

    /**
     * Waits until the worker has handled all that it had been handed when this was called.
     *
     * @param deadline on the clock of {@link System#nanoTime()}
     */
    void awaitHandled(long deadline) throws InterruptedException;
}
