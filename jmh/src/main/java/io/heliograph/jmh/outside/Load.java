package io.heliograph.jmh.outside;

import io.heliograph.jmh.cell.Program;
import io.heliograph.jmh.cell.Workplace;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two busy loops for each processor, or none: native/bench/busy_loops.c. They end with {@link #close} or this JVM. */
final class Load implements AutoCloseable {
    enum Kind {
        QUIET,
        BUSY;

        String questionOf(String question) {
            return this == QUIET ? question : question + "-busy";
        }
    }

    private final @Nullable Program loops;

    private Load(@Nullable Program loops) {
        this.loops = loops;
    }

    /** Returns when all loops run. */
    static Load start(Workplace workplace, Kind kind) throws IOException {
        if (kind == Kind.QUIET) {
            return new Load(null);
        }
        int count = 2 * Runtime.getRuntime().availableProcessors();
        Program loops = Program.start(List.of(workplace.program("busy_loops"), Integer.toString(count)));
        loops.line();
        return new Load(loops);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (loops != null) {
            loops.end();
        }
    }
}
