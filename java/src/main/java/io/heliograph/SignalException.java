package io.heliograph;

/** A system call of the signal library failed; the message names the call and why. */
public final class SignalException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The error's number. */
    private final int errno;

    /**
     * Makes the exception of a failed call.
     *
     * @param message names the call and why it failed
     * @param errno the error's number
     */
    public SignalException(String message, int errno) {
        super(message);
        this.errno = errno;
    }

    /** {@return the error's number as in {@code <errno.h>} of this platform} */
    public int errno() {
        return errno;
    }
}
