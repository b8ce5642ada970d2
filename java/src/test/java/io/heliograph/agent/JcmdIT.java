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

/** {@code jcmd:COMMAND}: the JVM's own diagnostic commands, run by a signal. */
class JcmdIT {
    @TempDir
    private Path folder;

    @Test
    void printsTheOutput() {
        try (Child app = start("USR1=jcmd:VM.version+jcmd:VM.flags -all")) {
            for (int time = 1; time <= 2; time++) {
                send("USR1", app);
                app.err().await("^heliograph: USR1=jcmd:VM\\.flags -all: done in \\d+ ms$", time);
            }
            List<String> lines = app.err().soFar();
            assertThat(lines.get(0))
                    .matches("heliograph: USR1=jcmd:VM\\.version: output of pid " + app.pid() + ", .*Z");
            assertThat(lines.get(1)).contains(" version ");
            assertThat(lines)
                    .filteredOn(line -> line.matches(" +uintx? MaxHeapFreeRatio +.*"))
                    .hasSize(2);
        }
    }

    /** As jcmd takes them: the JVM's log is opened anew, or goes to another place. */
    @Test
    void takesArguments() {
        Path log = folder.resolve("gc.log");
        try (Child app = start("HUP=jcmd:VM.log output=" + log + " what=gc,USR1=jcmd:GC.run")) {
            send("HUP", app);
            app.err().await("HUP=.*: done in ");
            send("USR1", app);
            app.err().await("USR1=.*: done in ");
            assertThat(log).content().contains("Pause Full (Diagnostic Command)");
        }
    }

    @Test
    void writesAFile() throws IOException {
        try (Child app = start("USR1=jcmd:GC.class_histogram > " + folder + "/%p-%t.txt+log")) {
            send("USR1", app);
            Path file = Path.of(app.err()
                    .await("^heliograph: USR1=jcmd:GC\\.class_histogram>.*: written to (.*)$")
                    .group(1));
            assertThat(file.getFileName().toString()).matches(app.pid() + "-\\d{8}T\\d{6}\\.\\d{3}Z\\.txt");
            assertThat(file).content().contains("java.lang.String");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    /** An existing file keeps its text, and the command does not run. */
    @Test
    void runsNothingWhoseFileIsThere() throws IOException {
        Path file = Files.writeString(folder.resolve("out"), "precious");
        Path log = folder.resolve("gc.log");
        try (Child app = start("USR1=jcmd:VM.log output=" + log + " what=gc>" + file + "+log")) {
            try (Courier courier = Courier.send("USR1", app.pid())) {
                app.err().await(courier.logged("USR1"));
            }
            assertThat(app.err().soFar())
                    .hasSize(2)
                    .first()
                    .isEqualTo("heliograph: USR1=jcmd:VM.log output=" + log + " what=gc>" + file + ": " + file
                            + " is there already, and is not overwritten: put %t, the time, into the name");
            assertThat(file).hasContent("precious");
            assertThat(log).doesNotExist();
        }
    }

    /** At the start, on the agent's thread, and again when the signal comes. */
    @Test
    void namesTheCommandsThereAre() {
        try (Child app = start("USR1=jcmd:GC.class_histogramm+log")) {
            String why = "jcmd:GC.class_histogramm: this JVM has no command \"GC.class_histogramm\": did you mean "
                    + "GC\\.class_histogram\\? There are [\\w., ]*, GC\\.class_histogram, [\\w., ]*, Thread\\.print, [\\w., ]*$";
            app.err().await("^heliograph: USR1=" + why);
            try (Courier courier = Courier.send("USR1", app.pid())) {
                app.err().await("^heliograph: USR1=" + why, 2);
                app.err().await(courier.logged("USR1"));
            }
            assertThat(app.err().soFar()).hasSize(3);
        }
    }

    @Test
    void saysWhatTheJvmRefuses() {
        try (Child app = start("USR1=jcmd:VM.uptime quickly+log")) {
            try (Courier courier = Courier.send("USR1", app.pid())) {
                app.err().await(courier.logged("USR1"));
            }
            assertThat(app.err().soFar())
                    .hasSize(2)
                    .first()
                    .isEqualTo(
                            "heliograph: USR1=jcmd:VM.uptime quickly: Unknown argument 'quickly' in diagnostic command.");
        }
    }

    @Test
    void saysWhatTheImageLacks() {
        ChildJvm jvm = ChildJvm.jvm().option("--limit-modules", "java.base,java.instrument");
        try (Child app = jvm.agent("USR1=jcmd:VM.uptime").startReady(PlainApp.class)) {
            app.err().await("^heliograph: USR1=jcmd:VM\\.uptime: needs the module jdk\\.management, ");
            send("USR1", app);
            app.err()
                    .await(
                            "^heliograph: USR1=jcmd:VM\\.uptime: needs the module jdk\\.management, which this JVM runs without: "
                                    + "add it with --add-modules, or to the run-time image with jlink$",
                            2);
        }
    }

    /** The app may want to make it itself. */
    @Test
    void makesNoMBeanServer() {
        ChildJvm jvm = ChildJvm.jvm().option("-Xlog:class+load:file=" + folder.resolve("loaded"));
        try (Child app = jvm.agent("USR1=jcmd:VM.uptime+thread-dump").startReady(PlainApp.class)) {
            send("USR1", app);
            app.err().await("^heliograph: end of the thread dump$");
            assertThat(folder.resolve("loaded"))
                    .content()
                    .contains("com.sun.management.internal.DiagnosticCommandImpl ")
                    .doesNotContain("com.sun.jmx.mbeanserver.JmxMBeanServer ");
        }
    }

    private static void send(String signal, Child app) {
        try (Courier courier = Courier.send(signal, app.pid())) {
            assertThat(courier.pid()).isPositive();
        }
    }

    private static Child start(String options) {
        return ChildJvm.jvm().agent(options).startReady(PlainApp.class);
    }
}
