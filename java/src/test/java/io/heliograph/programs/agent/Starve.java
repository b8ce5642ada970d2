package io.heliograph.programs.agent;

import java.io.FileInputStream;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** An agent that leaves its process no thread, or one descriptor, before the agent behind it starts. */
public final class Starve {
    /** Kept open. */
    private static final List<FileInputStream> OPEN = new ArrayList<>();

    private Starve() {}

    @SuppressWarnings("unused") // java.lang.instrument calls it
    public static void premain(String what, Instrumentation unused) throws IOException {
        String limit = what.equals("threads") ? "--nproc=1" : "--nofile=" + (fillHoles() + 1);
        String before = limits();
        try {
            new ProcessBuilder("prlimit", "--pid", "" + ProcessHandle.current().pid(), limit)
                    .inheritIO()
                    .start();
        } catch (OutOfMemoryError noThread) {
            // The process runs. The JDK's thread that waits for its end is the first that could not be started.
        }
        while (limits().equals(before)) {
            Thread.onSpinWait();
        }
    }

    private static String limits() throws IOException {
        return Files.readString(Path.of("/proc/self/limits"));
    }

    /**
     * A new descriptor has the lowest free number. Returns the first number behind all that are open: the one that the
     * listing had.
     */
    private static long fillHoles() throws IOException {
        long highest = highest();
        while (highest() == highest) {
            OPEN.add(new FileInputStream("/dev/null"));
        }
        return highest();
    }

    private static long highest() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.mapToLong(each -> Long.parseLong(each.getFileName().toString()))
                    .max()
                    .orElseThrow();
        }
    }
}
