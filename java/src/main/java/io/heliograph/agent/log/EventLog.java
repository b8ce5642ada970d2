package io.heliograph.agent.log;

import io.heliograph.Sender;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;

/** Writes a line for each event that the action {@code log} is given, but for those of a flood. On the agent's thread alone. */
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
            target.write(format.event(event, LogTime.ofArrival(event.arrivedAt())));
        }
    }

    /** Makes a line about process 1 and drops it, so that the first real line needs no memory for classes. */
    void rehearse() {
        SignalEvent event = new SignalEvent.Sent(Signal.TERM, System.nanoTime(), 0, Sender.of(1, 0));
        format.event(event, LogTime.ofArrival(event.arrivedAt()));
    }

    /** Tells what is still to be told, and lets go of the target. */
    public void close() {
        throttle.tellAll();
        target.close();
    }

    /** Closes the target, and waits until it is closed; whether it is, in time. When the agent's thread has ended. */
    public boolean awaitClosed(long nanos) throws InterruptedException {
        target.close();
        return target.awaitClosed(nanos);
    }
}
