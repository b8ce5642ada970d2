package io.heliograph.programs;

import io.heliograph.SignalEvent;
import io.heliograph.SignalWorker;
import java.util.concurrent.atomic.AtomicLong;

/** A worker that keeps account of what it was given, and of whether it came in order. It needs no memory to do so. */
final class Tally implements SignalWorker {
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong told = new AtomicLong();
    private final AtomicLong disorder = new AtomicLong();
    private volatile long lastSequence;
    private volatile Class<?> lastKind = SignalEvent.class;

    @Override
    public void onSignal(SignalEvent event) {
        if (event.sequence() <= lastSequence) {
            disorder.incrementAndGet();
        }
        lastSequence = event.sequence();
        lastKind = event.getClass();
        if (event instanceof SignalEvent.Lost lost) {
            told.addAndGet(lost.count());
        } else {
            events.incrementAndGet();
        }
    }

    /** The events with details. */
    long events() {
        return events.get();
    }

    /** The arrivals that were told as lost. */
    long told() {
        return told.get();
    }

    long accounted() {
        return events() + told();
    }

    /** How often an event did not come after the one before it. */
    long disorder() {
        return disorder.get();
    }

    String lastKind() {
        return lastKind.getSimpleName();
    }
}
