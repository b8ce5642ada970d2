package io.heliograph.internal.dispatch;

import io.heliograph.SignalEvent;

/** The way from the dispatcher to one worker. */
interface EventSink {
    /**
     * Hands an event over. Called by the dispatcher alone. It does not block, but an inline worker runs in it.
     *
     * @return whether the worker has it or will get it; if not, the sink has counted it, and the worker will get the
     *     count
     */
    boolean offer(SignalEvent event);

    /**
     * Counts arrivals that were lost on the way here. The worker will get the count. Called by the dispatcher alone.
     */
    void lose(SignalEvent.Lost lost);

    /** No event will follow; the worker still handles those that are here. Any thread may call it. */
    void end();

    /**
     * Waits until the worker has handled all events up to this call.
     *
     * @param deadline on the clock of {@link System#nanoTime()}
     */
    void awaitHandled(long deadline) throws InterruptedException;
}
