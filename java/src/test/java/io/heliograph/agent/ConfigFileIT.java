package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.agent.PlainApp;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Courier;
import io.heliograph.testing.ProcStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code config=PATH}, in a real JVM. */
class ConfigFileIT {
    @TempDir
    private Path folder;

    @Test
    void itsOptionsCount() throws IOException {
        Path file = Files.writeString(folder.resolve("agent.conf"), """
                # what our operators need

                USR1=log+thread-dump:%s/a,b.txt
                wait=spin
                """.formatted(folder));
        try (Child app = ChildJvm.jvm().agent("INT=ignore,config=" + file).start(PlainApp.class)) {
            app.out().await("^ready$");
            try (Courier courier = Courier.send("USR1", app.pid())) {
                app.err().await(courier.logged("USR1"));
                app.err().await(": written to " + folder + "/a,b.txt$");
            }
            assertThat(ProcStatus.ignores(app.pid(), 2)).isTrue();
            assertThat(ProcStatus.nonBlockingReadEnds(app.pid())).isEqualTo(1);
        }
    }

    @Test
    void aWrongLineStopsTheStart() throws IOException {
        Path file = Files.writeString(folder.resolve("agent.conf"), "# ours\n\n  TREM=log\n");
        try (Child app = ChildJvm.jvm().agent("INT=ignore,config=" + file).start(PlainApp.class, "hook")) {
            assertThat(app.ended()).isEqualTo("exited 64");
            assertThat(app.err().all())
                    .containsExactly("heliograph: \"" + file + "\", line 3: option \"TREM=log\": TREM is no signal: "
                            + "did you mean TERM?");
            assertThat(app.out().all()).isEmpty();
        }
    }

    @Test
    void aMissingFileStopsTheStart() {
        Path file = folder.resolve("agent.conf");
        try (Child app = ChildJvm.jvm().agent("config=" + file).start(PlainApp.class, "hook")) {
            assertThat(app.ended()).isEqualTo("exited 64");
            assertThat(app.err().all())
                    .containsExactly("heliograph: option \"config=" + file + "\": " + file
                            + " can't be read: No such file or directory");
            assertThat(app.out().all()).isEmpty();
        }
    }
}
