package io.heliograph.workers;

import io.heliograph.Signal;

/**
 * The state of a child process, as {@code waitid(2)} reports it. An exit with status 143 and a death from TERM are
 * different.
 */
public sealed interface ChildStatus {
    /** {@return whether the process has ended: {@link Exited} or {@link Killed}} */
    default boolean isEnd() {
        return this instanceof Exited || this instanceof Killed;
    }

    /**
     * It exited.
     *
     * @param status 0 to 255. 160 and 161 may also mean death from signal 32 or 33: the C library keeps these for
     *     itself, so they have no {@link Signal}
     */
    record Exited(int status) implements ChildStatus {}

    /**
     * It died from a signal.
     *
     * @param signal the signal that it died from
     * @param dumpedCore whether it left a core dump
     */
    record Killed(Signal signal, boolean dumpedCore) implements ChildStatus {}

    /**
     * A signal (STOP, TSTP, TTIN, TTOU) stopped it.
     *
     * @param signal the signal that stopped it
     */
    record Stopped(Signal signal) implements ChildStatus {}

    /** CONT continued it. */
    record Continued() implements ChildStatus {}
}
