package io.heliograph;

/** The {@link SignalInterrupt} for INT, the terminal's Ctrl-C. */
public final class KeyboardInterrupt extends SignalInterrupt {
    private static final long serialVersionUID = 1;

    /**
     * Makes the exception of an event.
     *
     * @param event the arrival that interrupts the work
     */
    public KeyboardInterrupt(SignalEvent event) {
        super(event);
    }
}
