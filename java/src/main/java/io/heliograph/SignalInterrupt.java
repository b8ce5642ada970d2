package io.heliograph;

/** The unchecked exception that carries a signal into the work that it interrupts. */
public class SignalInterrupt extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient SignalEvent event;

    /**
     * Makes the exception of an event. Its message is the name of the signal.
     *
     * @param event the arrival that interrupts the work
     */
    public SignalInterrupt(SignalEvent event) {
        super(event.signal().name());
        this.event = event;
    }

    /**
     * The exception for the event's signal: {@link KeyboardInterrupt}, {@link TerminateInterrupt} or this class.
     *
     * @param event the arrival that interrupts the work
     * @return the exception, not thrown
     */
    public static SignalInterrupt of(SignalEvent event) {
        if (event.signal() == Signal.INT) {
            return new KeyboardInterrupt(event);
        }
        return event.signal() == Signal.TERM ? new TerminateInterrupt(event) : new SignalInterrupt(event);
    }

    /** {@return the event} Serialisation does not keep it. */
    public SignalEvent event() {
        return event;
    }
}
