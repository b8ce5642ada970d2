package io.heliograph;

/** The {@link SignalInterrupt} for TERM, the polite request to end. */
public final class TerminateInterrupt extends SignalInterrupt {
    private static final long serialVersionUID = 1;

    /**
     * Makes the exception of an event.
     *
     * @param event the arrival that interrupts the work
     */
    public TerminateInterrupt(SignalEvent event) {
        super(event);
    }
}
