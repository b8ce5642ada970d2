package io.heliograph.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What {@code /proc} says of a process, see proc(5). */
public final class ProcStatus {
    private ProcStatus() {}

    /** The user that this process runs as, and a child of it unless told otherwise. */
    public static int ownUid() {
        try {
            return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the process ignores the signal. */
    public static boolean ignores(long pid, int signal) {
        return has(field(Path.of("/proc", Long.toString(pid), "status"), "SigIgn"), signal);
    }

    /** A line of {@code /proc/PID/status}: SigCgt, SigIgn, SigBlk, ShdPnd are sets of signals. */
    public static String status(long pid, String name) {
        return field(Path.of("/proc", Long.toString(pid), "status"), name);
    }

    /** The same line of each of the process's threads. */
    public static List<String> ofThreads(long pid, String name) {
        return threadStatus(pid).stream().map(status -> field(status, name)).toList();
    }

    /** Whether a mask as {@code /proc/PID/status} has them holds the signal. */
    public static boolean has(String mask, int signal) {
        return (Long.parseUnsignedLong(mask, 16) >>> (signal - 1) & 1) != 0;
    }

    /** Waits until each of the process's threads has stopped: kill(2) with STOP returns before. */
    public static void awaitStopped(long pid) {
        Eventually.until(
                "process " + pid + " stops",
                () -> threadStatus(pid).stream()
                        .allMatch(status -> field(status, "State").startsWith("T")));
    }

    /** The names of the process's threads, which the kernel cuts after 15 characters. */
    public static List<String> threadNames(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return threads.map(ProcStatus::name).filter(name -> !name.isEmpty()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).strip();
        } catch (IOException endedMeanwhile) {
            return "";
        }
    }

    /** The files whose code the process has mapped, as far as their paths hold the text. */
    public static List<String> mapped(long pid, String text) {
        try (Stream<String> maps = Files.lines(Path.of("/proc", Long.toString(pid), "maps"))) {
            return maps.filter(line -> line.contains(text) && line.split(" ", -1)[1].contains("x"))
                    .map(line -> line.substring(line.indexOf('/')))
                    .distinct()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many descriptors are the read end of a pipe, close-on-exec and non-blocking (proc(5), fdinfo). */
    public static long nonBlockingReadEnds(long pid) {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            return descriptors
                    .filter(ProcStatus::isPipe)
                    .filter(descriptor -> {
                        Path info = Path.of(
                                "/proc",
                                Long.toString(pid),
                                "fdinfo",
                                descriptor.getFileName().toString());
                        int flags = Integer.parseInt(field(info, "flags"), 8);
                        return (flags & 03) == 0 && (flags & 04000) != 0 && (flags & 02000000) != 0;
                    })
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isPipe(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("pipe:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    private static List<Path> threadStatus(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return threads.map(thread -> thread.resolve("status")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String field(Path status, String name) {
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(status + " has no " + name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
