package io.heliograph.agent.log;

import io.heliograph.Sender;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;

/** Writes a line for each event of the action {@code log}, except in a flood. Used by the agent's thread alone. */
public final class EventLog {
    private final LogFormat format;
    private final Fallback target;
    private final Throttle throttle;

    public EventLog(LogFormat format, Fallback target, Throttle.Timer timer) {
        this.format = format;
        this.target = target;
        throttle = new Throttle(timer, new Throttle.Rest() {
            @Override
            public void tell(Signal signal, long count, long lastArrivedAt) {
                target.write(format.suppressed(signal, count, LogTime.ofArrival(lastArrivedAt)));
            }
        });
    }

    void write(SignalEvent event) {
        if (throttle.admits(event)) {
            target.write(format.event(event, LogTime.ofArrival(event.arrivedAt()), Request.of(event)));
        }
    }

    /** Makes a line about process 1 and drops it, so that the first real line needs no memory for classes. */
    void rehearse() {
        SignalEvent event = new SignalEvent.Sent(Signal.TERM, System.nanoTime(), 0, Sender.of(1, 0));
        format.event(event, LogTime.ofArrival(event.arrivedAt()));
    }

    /** Writes the last counts, and closes the target. */
    public void close() {
        throttle.tellAll();
        target.close();
    }

    /**
     * Closes the target and waits for it. Returns false if the time was over before. Called after the end of the
     * agent's thread.
     */
    public boolean awaitClosed(long nanos) throws InterruptedException {
        target.close();
        return target.awaitClosed(nanos);
    }
}
