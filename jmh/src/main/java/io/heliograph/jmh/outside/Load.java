package io.heliograph.jmh.outside;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Two busy loops for each processor, each a process; or none. Closing ends them. */
final class Load implements AutoCloseable {
    /** A loop that nothing ends runs no longer. */
    private static final String MOST_SECONDS = "300";

    enum Kind {
        QUIET,
        BUSY;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final List<Process> loops = new ArrayList<>();

    private Load() {}

    static Load start(Kind kind) throws IOException {
        Load load = new Load();
        int count = kind == Kind.BUSY ? 2 * Runtime.getRuntime().availableProcessors() : 0;
        for (int i = 0; i < count; i++) {
            load.loops.add(new ProcessBuilder("timeout", MOST_SECONDS, "sh", "-c", "while :; do :; done").start());
        }
        return load;
    }

    /** Sends TERM, which timeout(1) passes on to its loop. */
    @Override
    public void close() throws InterruptedException {
        loops.forEach(Process::destroy);
        for (Process loop : loops) {
            loop.waitFor();
        }
    }
}
