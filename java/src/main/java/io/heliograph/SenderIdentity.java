package io.heliograph;

import java.util.List;
import java.util.Optional;

/**
 * What {@code /proc} told of a process (proc(5)); empty where it told nothing, as it does of other users' executables.
 *
 * <p>Bytes that are no UTF-8 appear as U+FFFD. Command and arguments are whatever the process chose to show: escape them
 * before they reach a terminal or a log.
 *
 * @param gone whether there was no such process any more
 * @param command the name of its main thread, at most 15 bytes ({@code /proc/PID/comm})
 * @param arguments its command line ({@code /proc/PID/cmdline}), empty for a zombie, the first 4096 bytes at most
 * @param executable the program's file ({@code /proc/PID/exe})
 * @param cgroup its control groups ({@code /proc/PID/cgroup}), a line each: they name the container or the unit
 */
public record SenderIdentity(
        boolean gone,
        Optional<String> command,
        List<String> arguments,
        Optional<String> executable,
        Optional<String> cgroup) {
    /** Nothing is known. */
    static final SenderIdentity NONE =
            new SenderIdentity(false, Optional.empty(), List.of(), Optional.empty(), Optional.empty());
}
