package io.heliograph.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether a signal that the kernel has generated for this process may not have come to its handler yet. For one thread.
 *
 * <p>It is pending (SigPnd, ShdPnd of proc(5)) until a thread takes it. Then it is nowhere to be seen, until that thread has
 * entered the handler: it needs some microseconds of a processor for that, and has one, or waits for one (state R), or for a
 * page (D). So whoever is seen otherwise, or has had a processor for much longer, is not on its way to the handler.
 */
public final class Approach {
    /** The scheduler counts a running thread's time at its ticks only, which are 10 ms apart at most. */
    private static final long ENOUGH_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Path tasks;
    private final int signal;
    /** Who may have taken it when it was first seen not to be pending, with the processor time of each till then. */
    private @Nullable Map<Path, Long> takers;

    private boolean isPending;
    private boolean isBlockedByAll;
    private final Map<Path, Long> busy = new HashMap<>();

    private Approach(Path tasks, int signal) {
        this.tasks = tasks;
        this.signal = signal;
    }

    public static Approach of(int signal) {
        return in(Path.of("/proc/self/task"), signal);
    }

    static Approach in(Path tasks, int signal) {
        return new Approach(tasks, signal);
    }

    /** Looks once more. False for good once it is; also where every thread blocks the signal, or there is no /proc. */
    public boolean mayCome() {
        if (!look()) {
            return false;
        }
        if (isPending) {
            takers = null;
            return !isBlockedByAll;
        }
        Map<Path, Long> left = takers;
        if (left == null) {
            left = new HashMap<>(busy);
            takers = left;
        }
        left.entrySet().removeIf(taker -> {
            Long now = busy.get(taker.getKey());
            return now == null || now - taker.getValue() >= ENOUGH_NANOS;
        });
        return !left.isEmpty();
    }

    private boolean look() {
        isPending = false;
        isBlockedByAll = true;
        busy.clear();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            Path self = self();
            for (Path thread : threads) {
                look(thread, thread.getFileName().equals(self));
            }
            return true;
        } catch (IOException | DirectoryIteratorException noProc) {
            return false;
        }
    }

    /** The calling thread, which has left the kernel since it began to look: it has come to the handler, if it had to. */
    private static @Nullable Path self() throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName();
    }

    private void look(Path thread, boolean isSelf) {
        try {
            char state = ' ';
            // As bytes, for a thread may have any name.
            for (String line : text(thread.resolve("status")).split("\n", -1)) {
                if (line.startsWith("State:")) {
                    state = line.substring("State:".length()).strip().charAt(0);
                } else if (line.startsWith("SigPnd:") || line.startsWith("ShdPnd:")) {
                    isPending |= has(line);
                } else if (line.startsWith("SigBlk:")) {
                    isBlockedByAll &= has(line);
                }
            }
            if (!isSelf && (state == 'R' || state == 'D')) {
                busy.put(
                        thread, Long.parseLong(text(thread.resolve("schedstat")).split(" ", 2)[0]));
            }
        } catch (IOException | NumberFormatException endedOrNotCounted) {
            // The thread has ended since the folder was listed, or the kernel has no scheduler statistics.
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    private boolean has(String line) {
        String set = line.substring("SigBlk:".length()).strip();
        return (Long.parseUnsignedLong(set, 16) >>> (signal - 1) & 1) != 0;
    }
}
