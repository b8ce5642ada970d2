package io.heliograph.internal.proc;

import io.heliograph.Signal;
import java.util.Optional;

/** Numbers that may stand for a signal. */
public final class SignalNumbers {
    /**
     * A shell and the JVM exit with this plus the number of the signal (POSIX, Shell Command Language, 2.8.2). A constant:
     * its use loads no class, for which a sick process may have no memory.
     */
    public static final int EXITED_BY_SIGNAL = 128;

    private SignalNumbers() {}

    /** The signal of that number; empty if there is none. The C library keeps 32 and 33 for itself. */
    public static Optional<Signal> find(int number) {
        return Signal.all().stream().filter(signal -> signal.number() == number).findFirst();
    }

    /** The signal that an exit status stands for. */
    public static Optional<Signal> ofExitStatus(int status) {
        return find(status - EXITED_BY_SIGNAL);
    }
}
