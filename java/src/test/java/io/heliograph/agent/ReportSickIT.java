package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.heliograph.programs.agent.Hooks;
import io.heliograph.testing.AsRoot;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code report=FILE}: the last words of a VM that has no memory, or runs no Java, or is killed for its memory. */
class ReportSickIT {
    private static final String[] NO_SAFEPOINTS_IN_LOOPS = {
        "-XX:-UseCountedLoopSafepoints", "-XX:LoopStripMiningIter=0", "-Xbatch", "-XX:-TieredCompilation"
    };

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("last-words");
    }

    private String text() {
        try {
            return Files.readString(file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Child start(ChildJvm jvm, String options, String kind) {
        return jvm.agent(options + ",report=" + file()).startReady(Hooks.class, kind);
    }

    private static void term(Child app) {
        Child.run("kill", "-s", "TERM", "" + app.pid());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void aFullHeapThatCollectsForEver(String format) throws IOException {
        ChildJvm jvm = ChildJvm.jvm().option("-Xmx64m", "-XX:+UseSerialGC");
        try (Child app = start(jvm, "format=" + format + ",TERM=shutdown:3s", "garbage")) {
            Eventually.until("there are figures", () -> text().contains("heap: "));
            term(app);
            assertThat(app.ended()).isEqualTo("exited 143");
        }
        assertThat(text()).contains("Cut off at ", " after TERM arrived: its deadline was over", "heap: ");
        if (format.equals("json")) {
            assertThat(new ObjectMapper().readTree(text()).path("state").asText())
                    .isEqualTo("cut-off");
        }
    }

    /** A VM that cannot stop its threads runs no Java. What native code knows is in the file. */
    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void aVmThatRunsNoJava(String format) throws IOException {
        ChildJvm jvm = ChildJvm.jvm().option(NO_SAFEPOINTS_IN_LOOPS).option("-Xmx64m");
        try (Child app = start(jvm, "format=" + format + ",TERM=shutdown:2s", "stuck")) {
            term(app);
            Eventually.until("the arrival is in the file", () -> text().contains("TERM arrived"));
            assertThat(text()).contains("Ending since ");
            assertThat(app.ended()).isEqualTo("exited 143");
        }
        assertThat(text()).contains("Cut off at ", " with status 143, ", " after TERM arrived: its deadline was over.");
        if (format.equals("json")) {
            assertThat(new ObjectMapper().readTree(text()).path("steps").findValuesAsText("step"))
                    .startsWith("arrived")
                    .endsWith("deadline-over");
        }
    }

    /** The kernel kills it for the memory of its control group. The next start tells what the limit was. */
    @Test
    @AsRoot
    void outOfTheMemoryOfItsControlGroup() throws IOException {
        try (MemoryGroup group = MemoryGroup.make()) {
            group.limit(160L << 20);
            ChildJvm jvm = ChildJvm.jvm()
                    .after("sh", "-c", "echo $$ >" + group.folder() + "/cgroup.procs && exec \"$@\"", "sh")
                    .option("-Xmx1g", "-Xms16m", "-XX:+UseSerialGC");
            try (Child app = start(jvm, "TERM=log", "eater")) {
                Eventually.until("there are figures", () -> text().contains(", limit 160 MiB, 0 processes killed"));
                app.tell("eat");
                assertThat(app.ended()).isEqualTo("signaled 9");
            }
            assertThat(text()).startsWith("Running since ");
        }
        try (Child next = start(ChildJvm.jvm(), "TERM=log", "fine")) {
            next.err()
                    .await(
                            "^heliograph: report=.*: the process before this one did not end in order .* it ran; .*; memory of the "
                                    + "cgroup: \\d+ MiB used, at most \\d+ MiB so far, limit 160 MiB, 0 processes killed");
        }
    }

    /** A control group of memory, of version 1 or 2. */
    private record MemoryGroup(Path folder, boolean isUnified) implements AutoCloseable {
        static MemoryGroup make() throws IOException {
            Path ofVersion1 = Path.of("/sys/fs/cgroup/memory");
            boolean isUnified = !Files.isDirectory(ofVersion1);
            Path parent = isUnified ? Path.of("/sys/fs/cgroup") : ofVersion1;
            try {
                if (isUnified) {
                    Files.writeString(parent.resolve("cgroup.subtree_control"), "+memory");
                }
                return new MemoryGroup(Files.createTempDirectory(parent, "heliograph-test"), isUnified);
            } catch (IOException refused) {
                Assumptions.abort("no control group can be made in " + parent + ": " + refused);
                throw refused;
            }
        }

        void limit(long bytes) throws IOException {
            Files.writeString(folder.resolve(isUnified ? "memory.max" : "memory.limit_in_bytes"), "" + bytes);
            Path swap = folder.resolve(isUnified ? "memory.swap.max" : "memory.swappiness");
            if (Files.exists(swap)) {
                Files.writeString(swap, "0");
            }
        }

        @Override
        public void close() throws IOException {
            Files.delete(folder);
        }
    }
}
