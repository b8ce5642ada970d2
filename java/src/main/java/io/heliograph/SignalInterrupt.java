package io.heliograph;

/** The unchecked exception that carries a signal into the work that it interrupts. */
public class SignalInterrupt extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient SignalEvent event;

    public SignalInterrupt(SignalEvent event) {
        super(event.signal().name());
        this.event = event;
    }

    /** The exception for the event's signal: {@link KeyboardInterrupt}, {@link TerminateInterrupt} or this class. */
    public static SignalInterrupt of(SignalEvent event) {
        if (event.signal() == Signal.INT) {
            return new KeyboardInterrupt(event);
        }
        return event.signal() == Signal.TERM ? new TerminateInterrupt(event) : new SignalInterrupt(event);
    }

    /** The event. Serialisation does not keep it. */
    public SignalEvent event() {
        return event;
    }
}
