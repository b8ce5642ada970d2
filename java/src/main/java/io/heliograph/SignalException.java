package io.heliograph;

/** A system call of the signal library failed; the message names the call and why. */
public final class SignalException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int errno;

    public SignalException(String message, int errno) {
        super(message);
        this.errno = errno;
    }

    /** The error's number as in {@code <errno.h>} of this platform. */
    public int errno() {
        return errno;
    }
}
