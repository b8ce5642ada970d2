package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.agent.PlainApp;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Courier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code doctor}: the table of docs/doctor.md. DoctorIT holds what it says against the kernel. */
class DoctorActionIT {
    private static final String TABLE = "SIGNAL +NO +NOW +BY +.*";

    @TempDir
    private Path folder;

    @Test
    void printsTheTable() {
        try (Child app = start("USR2=doctor,TERM=log");
                Courier courier = Courier.send("USR2", app.pid())) {
            app.err().await("^heliograph: USR2=doctor: done in \\d+ ms$");
            List<String> lines = app.err().soFar();
            assertThat(lines.get(0)).matches("heliograph: USR2=doctor: output of pid " + app.pid() + ", .*Z");
            assertThat(lines.get(1)).matches(TABLE);
            assertThat(lines)
                    .anyMatch(
                            line -> line.matches("TERM +15 +caught +Heliograph +HotSpot for .* observe agent: log,.*"));
            assertThat(lines)
                    .anyMatch(line ->
                            line.matches("USR2 +12 +caught +Heliograph +HotSpot .* 1 +1 +0 .* agent: doctor, .* pid "
                                    + courier.pid() + ", .*"));
        }
    }

    @Test
    void writesAFile() throws IOException {
        try (Child app = start("USR1=doctor:" + folder + "/%p.txt");
                Courier courier = Courier.send("USR1", app.pid())) {
            assertThat(courier.pid()).isPositive();
            Path file = folder.resolve(app.pid() + ".txt");
            app.err().await("^heliograph: USR1=doctor:.*: written to " + file + "$");
            assertThat(Files.readAllLines(file))
                    .hasSizeGreaterThan(30)
                    .first()
                    .asString()
                    .matches(TABLE);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(app.err().soFar()).hasSize(1);
        }
    }

    private static Child start(String options) {
        return ChildJvm.jvm().agent(options).startReady(PlainApp.class);
    }
}
