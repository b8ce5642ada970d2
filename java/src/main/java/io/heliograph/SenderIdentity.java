package io.heliograph;

import java.util.List;
import java.util.Optional;

/**
 * What is known of the process that sent a signal. A fact that {@code /proc} does not show is empty, such as another
 * user's executable.
 *
 * <p>Command, arguments and executable are untrusted: the process chooses what it shows. Escape them before they reach
 * a terminal or a log. Bytes that are not UTF-8 appear as U+FFFD.
 *
 * @param look when command and arguments were read
 * @param gone whether nothing is known since the process had ended
 * @param command the name of its main thread, at most 15 bytes (proc_pid_stat(5))
 * @param arguments its command line: the first 512 bytes, or 4096 if it was read later; empty for a zombie
 * @param argumentsCut whether its command line is longer than {@code arguments}, whose last one may end early
 * @param executable the file of its program ({@code /proc/PID/exe}), read later, while the process was still the same
 * @param cgroup its control groups, one a line ({@code /proc/PID/cgroup}), read later; they name the container or the
 *     unit
 * @param becameCommand its command when it was read later, if it was different: the process has become another program
 *     (execve(2)), or has changed its name
 */
public record SenderIdentity(
        Look look,
        boolean gone,
        Optional<String> command,
        List<String> arguments,
        boolean argumentsCut,
        Optional<String> executable,
        Optional<String> cgroup,
        Optional<String> becameCommand) {
    /** When command and arguments were read, and so how far they can be trusted. */
    public enum Look {
        /**
         * By the signal handler, when the signal arrived. They are the sender's, unless the signal was pending and
         * another process of the same user had the id by then. For {@link SignalEvent.Queued} the sender itself chose
         * the id.
         */
        ON_ARRIVAL,
        /**
         * By {@link Sender#identity()}, after the signal had arrived. The process may have become another program since it
         * sent the signal, or its id may have been given to another process.
         */
        LATER,
        /** Not at all. */
        NONE
    }

    /** Nothing is known. */
    public static final SenderIdentity NONE = new SenderIdentity(
            Look.NONE, false, Optional.empty(), List.of(), false, Optional.empty(), Optional.empty(), Optional.empty());
}
