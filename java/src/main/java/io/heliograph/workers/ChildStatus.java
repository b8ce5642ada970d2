package io.heliograph.workers;

import io.heliograph.Signal;

/**
 * What became of a child process, as {@code waitid(2)} tells it: an exit with status 143 and death by TERM are two things.
 */
public sealed interface ChildStatus {
    /** Whether the process is over: {@link Exited} or {@link Killed}. */
    default boolean isEnd() {
        return this instanceof Exited || this instanceof Killed;
    }

    /**
     * It exited.
     *
     * @param status 0 to 255; 160 or 161 also where signal 32 or 33 ended it, which the C library keeps for itself and for
     *     which there is no {@link Signal}
     */
    record Exited(int status) implements ChildStatus {}

    /**
     * A signal ended it.
     *
     * @param dumpedCore whether it left a core dump
     */
    record Killed(Signal signal, boolean dumpedCore) implements ChildStatus {}

    /** A signal (STOP, TSTP, TTIN, TTOU) stopped it. */
    record Stopped(Signal signal) implements ChildStatus {}

    /** CONT let it go on. */
    record Continued() implements ChildStatus {}
}
