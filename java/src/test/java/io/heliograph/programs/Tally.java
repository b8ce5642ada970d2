package io.heliograph.programs;

import io.heliograph.SignalEvent;
import io.heliograph.SignalWorker;
import java.util.concurrent.atomic.AtomicLong;

/** A worker that keeps account of what it was given, and of whether it came in order. It needs no memory to do so. */
public final class Tally implements SignalWorker {
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
    public long events() {
        return events.get();
    }

    /** The arrivals that were told as lost. */
    public long told() {
        return told.get();
    }

    public long accounted() {
        return events() + told();
    }

    /** How often an event did not come after the one before it. */
    public long disorder() {
        return disorder.get();
    }

    public String lastKind() {
        return lastKind.getSimpleName();
    }
}
