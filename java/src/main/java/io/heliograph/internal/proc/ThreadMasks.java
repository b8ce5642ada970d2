package io.heliograph.internal.proc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The blocked and pending signals of a process's threads, from {@code /proc/PID/task/TID/status} (proc(5)). */
public final class ThreadMasks {
    private final List<Long> blocked = new ArrayList<>();
    private long blockedInFirst;
    private long pending;

    private ThreadMasks() {}

    /** Those of this process; empty without {@code /proc}. */
    public static Optional<ThreadMasks> read() {
        long pid = ProcessHandle.current().pid();
        return read(Path.of("/proc/self/task"), Long.toString(pid));
    }

    static Optional<ThreadMasks> read(Path tasks, String first) {
        ThreadMasks masks = new ThreadMasks();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            threads.forEach(thread -> masks.add(
                    thread.resolve("status"), thread.getFileName().toString().equals(first)));
        } catch (IOException noProc) {
            return Optional.empty();
        }
        return masks.blocked.isEmpty() ? Optional.empty() : Optional.of(masks);
    }

    private void add(Path status, boolean isFirst) {
        try {
            long mask = 0;
            // Latin-1, for a thread's name may have any bytes.
            for (String line :
                    Files.readString(status, StandardCharsets.ISO_8859_1).split("\n", -1)) {
                if (line.startsWith("SigBlk:")) {
                    mask = set(line);
                } else if (line.startsWith("SigPnd:") || line.startsWith("ShdPnd:")) {
                    pending |= set(line);
                }
            }
            blocked.add(mask);
            blockedInFirst |= isFirst ? mask : 0;
        } catch (IOException ended) {
            // The thread has ended since the folder was listed.
        }
    }

    private static long set(String line) {
        return Long.parseUnsignedLong(line.substring("SigBlk:".length()).strip(), 16);
    }

    public int threads() {
        return blocked.size();
    }

    /** How many threads block the signal. */
    public int blocking(int signal) {
        return (int) blocked.stream().filter(mask -> has(mask, signal)).count();
    }

    /** Whether the process's first thread blocks it. */
    public boolean isBlockedInFirst(int signal) {
        return has(blockedInFirst, signal);
    }

    /** Whether it is pending, for the process or for a thread. */
    public boolean isPending(int signal) {
        return has(pending, signal);
    }

    private static boolean has(long set, int signal) {
        return (set >>> (signal - 1) & 1) != 0;
    }
}
