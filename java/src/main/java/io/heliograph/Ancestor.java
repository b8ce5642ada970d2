package io.heliograph;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One process above the sender of a signal: its parent, its parent's parent, and so on.
 *
 * <p>It is read from {@code /proc} (proc_pid_stat(5)), as {@link Sender#ancestors()} says. A process that started later
 * than its child has reused the parent's id: the parent is reported as ended. Start times have a resolution of 10 ms.
 *
 * <p>Command and arguments are untrusted: each process chooses what it shows. Bytes that are not UTF-8 appear as
 * U+FFFD.
 *
 * @param pid the process id, in this process's pid namespace
 * @param ended whether the process had ended before it was read; then only the id is known
 * @param uid the real user id, 0 to 4294967295
 * @param userName its name in {@code /etc/passwd}
 * @param command the name of its main thread, at most 15 bytes
 * @param arguments its command line, at most 4096 bytes of it
 * @param argumentsCut whether its command line is longer than {@code arguments}, whose last one may end early
 * @param cgroup its control groups, one a line ({@code /proc/PID/cgroup})
 */
public record Ancestor(
        int pid,
        boolean ended,
        OptionalLong uid,
        Optional<String> userName,
        Optional<String> command,
        List<String> arguments,
        boolean argumentsCut,
        Optional<String> cgroup) {}
