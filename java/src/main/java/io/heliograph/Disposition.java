package io.heliograph;

import java.util.Optional;

/**
 * What the kernel does with a signal of this process.
 *
 * @param ours whether the handler that the kernel calls is this library's
 * @param library the file that the handler's code lies in, where there is a handler and the loader knows it
 * @param registrations how many registrations of the signal are open
 */
public record Disposition(Signal signal, Kind kind, boolean ours, Optional<String> library, int registrations) {
    /** POSIX, 2.4.1 Signal Generation and Delivery. */
    public enum Kind {
        DEFAULT,
        IGNORED,
        CAUGHT
    }
}
