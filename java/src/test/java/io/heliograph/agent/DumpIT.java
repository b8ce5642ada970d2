package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.agent.PlainApp;
import io.heliograph.testing.AsRoot;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Courier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dumps to files: each is whole, private and new, or is not there at all. */
class DumpIT {
    /** Whose recording does not mix its own lines with those of the test. */
    private static final String RECORDING = "-Xlog:jfr*=off";

    @TempDir
    private Path folder;

    @Test
    void threadDump() throws IOException {
        try (Child app = start("thread-dump:" + folder + "/%p-100%%-%t.txt")) {
            Path file = dump(app, "thread-dump");
            assertThat(file.getFileName().toString()).matches(app.pid() + "-100%-\\d{8}T\\d{6}\\.\\d{3}Z\\.txt");
            assertThat(Files.readAllLines(file))
                    .startsWith(Files.readAllLines(file).get(0))
                    .anyMatch(line -> line.startsWith("\"main\" #"))
                    .endsWith("heliograph: end of the thread dump");
            assertThat(filesIn(folder)).containsExactly(file);
            assertThat(app.err().soFar()).hasSize(1);
        }
    }

    @Test
    void heapDump() throws IOException {
        try (Child app = start("heap-dump:" + folder + "/heap")) {
            Path file = dump(app, "heap-dump");
            assertThat(file).isEqualTo(folder.resolve("heap"));
            assertThat(head(file, 18)).isEqualTo("JAVA PROFILE 1.0.2");
            assertThat(Files.size(file)).isGreaterThan(500_000);
            assertThat(filesIn(folder)).containsExactly(file);
        }
    }

    @Test
    void jfrDump() throws IOException {
        ChildJvm jvm = ChildJvm.jvm().option("-XX:StartFlightRecording", RECORDING);
        try (Child app = start(jvm.agent("USR1=jfr-dump:" + folder + "/%t.jfr"))) {
            Path first = dump(app, "jfr-dump");
            assertThat(RecordingFile.readAllEvents(first))
                    .anyMatch(event -> event.getEventType().getName().equals("jdk.JVMInformation"));
            send("USR1", app);
            app.err().await("written to ", 2); // the recording went on
            assertThat(filesIn(folder)).hasSize(2);
        }
    }

    /** To look for recordings must not start what makes them. */
    @Test
    void jfrDumpWithoutARecording() throws IOException {
        try (Child app = start("jfr-dump:" + folder + "/x+log")) {
            failsAndTheAppLivesOn(
                    app,
                    "jfr-dump:" + folder + "/x: Flight Recorder has no recording: start one with "
                            + "-XX:StartFlightRecording, or jcmd PID JFR.start");
            assertThat(filesIn(folder)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"thread-dump", "heap-dump", "jfr-dump", "doctor"})
    void neverOverwrites(String kind) throws IOException {
        Path file = Files.writeString(folder.resolve("dump"), "precious");
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));
        String options = kind + ":" + file + "+" + kind + ":" + link;
        ChildJvm jvm = ChildJvm.jvm().option("-XX:StartFlightRecording", RECORDING);
        try (Child app = start(jvm.agent("USR1=" + options + "+log"))) {
            failsAndTheAppLivesOn(
                    app,
                    kind + ":" + file + ": " + file + " is there already, and is not overwritten: put %t, the time, "
                            + "into the name",
                    kind + ":" + link + ": " + link + " is there already, and is not overwritten: put %t, the time, "
                            + "into the name");
            assertThat(file).hasContent("precious");
            assertThat(filesIn(folder)).containsExactlyInAnyOrder(file, link);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"thread-dump", "heap-dump", "jfr-dump", "doctor"})
    void aMissingFolderCostsTheDump(String kind) {
        Path file = folder.resolve("no-such-folder/dump");
        ChildJvm jvm = ChildJvm.jvm().option("-XX:StartFlightRecording", RECORDING);
        try (Child app = start(jvm.agent("USR1=" + kind + ":" + file + "+log"))) {
            failsAndTheAppLivesOn(
                    app, kind + ":" + file + ": " + folder.resolve("no-such-folder") + ": there is no such folder");
        }
    }

    @AsRoot
    @ParameterizedTest
    @ValueSource(strings = {"thread-dump", "heap-dump", "jfr-dump", "doctor"})
    void aFullDiskCostsTheDump(String kind) throws IOException {
        try (Child app = start(mounted(kind, "size=4k"))) {
            failsAndTheAppLivesOn(app, kind + ":" + folder + "/dump: No space left on device");
            assertThat(filesIn(Path.of("/proc/" + app.pid() + "/root" + folder)))
                    .isEmpty();
        }
    }

    @AsRoot
    @ParameterizedTest
    @ValueSource(strings = {"thread-dump", "heap-dump", "jfr-dump", "doctor"})
    void aReadOnlyFolderCostsTheDump(String kind) {
        try (Child app = start(mounted(kind, "ro"))) {
            failsAndTheAppLivesOn(app, kind + ":" + folder + "/dump: " + folder + ": Read-only file system");
        }
    }

    /** A process that may write no files as large, which the kernel tells it by XFSZ. */
    @Test
    void aLimitCostsTheDump() throws IOException {
        ChildJvm jvm = ChildJvm.jvm().after("prlimit", "--fsize=1000000");
        try (Child app = start(jvm.agent("USR1=heap-dump:" + folder + "/dump+log"))) {
            failsAndTheAppLivesOn(app, "heap-dump:" + folder + "/dump: File too large");
            assertThat(filesIn(folder)).isEmpty();
        }
    }

    private static Child start(String actions) {
        return start(ChildJvm.jvm().agent("USR1=" + actions));
    }

    private static Child start(ChildJvm jvm) {
        return jvm.startReady(PlainApp.class);
    }

    /** A JVM that finds another file system at the folder; nobody else does. */
    private ChildJvm mounted(String kind, String mountOption) {
        return ChildJvm.jvm()
                .after(
                        "unshare",
                        "-m",
                        "sh",
                        "-c",
                        "mount -t tmpfs -o " + mountOption + " tmpfs " + folder + " && exec \"$@\"",
                        "sh")
                .option("-XX:StartFlightRecording", RECORDING)
                .agent("USR1=" + kind + ":" + folder + "/dump+log");
    }

    private static Path dump(Child app, String kind) throws IOException {
        send("USR1", app);
        Path file = Path.of(app.err()
                .await("^heliograph: USR1=" + kind + ":.*: written to (.*)$")
                .group(1));
        livesOn(app);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        return file;
    }

    /** One line for each action that fails, and the next goes on. */
    private static void failsAndTheAppLivesOn(Child app, String... lines) {
        try (Courier courier = Courier.send("USR1", app.pid())) {
            String logged = app.err().await(courier.logged("USR1")).group();
            livesOn(app);
            assertThat(app.err().soFar()).hasSize(lines.length + 1).last().isEqualTo(logged);
            assertThat(app.err().soFar().subList(0, lines.length))
                    .isEqualTo(Stream.of(lines).map("heliograph: USR1="::concat).toList());
        }
    }

    private static void send(String signal, Child app) {
        try (Courier courier = Courier.send(signal, app.pid())) {
            assertThat(courier.pid()).isPositive();
        }
    }

    private static void livesOn(Child app) {
        app.tell("are you there?").out().await("^heard are you there\\?$");
    }

    private static String head(Path file, int bytes) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(bytes), StandardCharsets.US_ASCII);
        }
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
