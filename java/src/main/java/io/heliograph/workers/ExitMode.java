package io.heliograph.workers;

import io.heliograph.Signal;
import io.heliograph.internal.jni.NativeCall;
import io.heliograph.internal.jni.NativeShutdown;
import io.heliograph.internal.proc.SignalNumbers;

/** How {@link WorkerGroup#exitProcess()} ends the process when a signal has ended the group. */
public final class ExitMode {
    private static final int MOST_STATUS = 255;
    private static final ExitMode SIGNAL_STATUS = new ExitMode(-1, false);
    private static final ExitMode BY_SIGNAL = new ExitMode(-1, true);

    private final int status;
    private final boolean bySignal;

    private ExitMode(int status, boolean bySignal) {
        this.status = status;
        this.bySignal = bySignal;
    }

    /**
     * With status 128 + the signal's number, as the JVM itself does and shells show it: 130 for INT. The default.
     *
     * @return the mode
     */
    public static ExitMode signalStatus() {
        return SIGNAL_STATUS;
    }

    /**
     * With this status.
     *
     * @param status the status, 0 to 255
     * @return the mode
     * @throws IllegalArgumentException if it is not from 0 to 255; a parent can see no other
     */
    public static ExitMode status(int status) {
        if (status < 0 || status > MOST_STATUS) {
            throw new IllegalArgumentException(status + " is no exit status: they are 0 to " + MOST_STATUS);
        }
        return new ExitMode(status, false);
    }

    /**
     * By the signal itself, after the shutdown hooks. So the parent sees a death by signal, and a shell ends its
     * script, too. If a shutdown hook halts the JVM, its status holds.
     *
     * @return the mode
     */
    public static ExitMode bySignal() {
        return BY_SIGNAL;
    }

    void exit(Signal signal) {
        if (bySignal) {
            NativeCall.check(NativeShutdown.dieBy(signal.number()), "heliograph_die_by(" + signal + ")");
        }
        Runtime.getRuntime().exit(status >= 0 ? status : SignalNumbers.EXITED_BY_SIGNAL + signal.number());
    }

    @Override
    public String toString() {
        if (bySignal) {
            return "by the signal";
        }
        return status >= 0 ? "status " + status : "status 128 + the signal's number";
    }
}
