package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.agent.Hooks;
import io.heliograph.testing.AsRoot;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code report=FILE}: the places where the file cannot be replaced, and those where it cannot be written at all. */
class ReportPlacesIT {
    private static final String RUNS_ON = "; the app runs on without its last words";

    @TempDir
    private Path folder;

    private static Child start(ChildJvm jvm, Path file) {
        return jvm.agent("TERM=log,report=" + file).startReady(Hooks.class, "fine");
    }

    /** Ends it by TERM; its standard error without the line about the TERM. */
    private static String[] endedByTerm(Child app) {
        Child.run("kill", "-s", "TERM", "" + app.pid());
        assertThat(app.ended()).isEqualTo("exited 143");
        return app.err().all().stream()
                .filter(line -> !line.startsWith("heliograph: TERM from "))
                .toArray(String[]::new);
    }

    private static void assertEndIsIn(Path file) {
        assertThat(file)
                .content()
                .startsWith("Ended in order at ")
                .contains(" with status 143, ", "\nSignal: TERM from ");
    }

    /** Mounts in a namespace of the JVM's own, as a container does. */
    private static ChildJvm afterMount(String mount) {
        return ChildJvm.jvm()
                .after(
                        "unshare",
                        "--mount",
                        "sh",
                        "-c",
                        "mount --make-rprivate / && " + mount + " && exec \"$@\"",
                        "sh");
    }

    /** Kubernetes mounts the file of a termination message so. It can be written, and not replaced. */
    @Test
    @AsRoot
    void aFileThatIsAMountOfItsOwn() throws IOException {
        Path outside = Files.createFile(folder.resolve("outside"));
        Path inside = Files.createFile(folder.resolve("termination-log"));
        try (Child app = start(afterMount("mount --bind " + outside + " " + inside), inside)) {
            assertThat(outside).content().startsWith("Running since ");
            assertThat(endedByTerm(app)).isEmpty();
        }
        assertEndIsIn(outside);
        assertThat(inside).isEmptyFile();
        assertThat(folder.toFile().list()).as("nothing is left beside it").hasSize(2);
    }

    /** Its lock tells the next one that the first lives, whichever way the two have to the file. */
    @Test
    @AsRoot
    void twoThatLiveWriteAFileWithTwoNames() throws IOException {
        Path outside = Files.createFile(folder.resolve("outside"));
        Path inside = Files.createFile(folder.resolve("inside"));
        ChildJvm jvm = afterMount("mount --bind " + outside + " " + inside)
                .after("unshare", "--pid", "--fork", "--kill-child");
        try (Child one = start(jvm, inside);
                Child other = start(ChildJvm.jvm(), outside)) {
            other.err().await("^heliograph: report=" + outside + ": process 1 lives and writes this file, too: ");
            assertThat(one.out().soFar()).containsExactly("ready");
        }
    }

    @Test
    @AsRoot
    void aFileThatIsReadOnly() throws IOException {
        Path file = Files.createFile(folder.resolve("report"));
        String readOnly = "mount --bind " + file + " " + file + " && mount -o remount,bind,ro " + file;
        try (Child app = start(afterMount(readOnly), file)) {
            assertThat(endedByTerm(app))
                    .containsExactly("heliograph: report=" + file + ": Read-only file system" + RUNS_ON);
        }
        assertThat(file).isEmptyFile();
    }

    @Test
    void aFolderThatIsNotThere() {
        Path file = folder.resolve("no/report");
        try (Child app = start(ChildJvm.jvm(), file)) {
            assertThat(endedByTerm(app))
                    .containsExactly("heliograph: report=" + file + ": No such file or directory" + RUNS_ON);
        }
    }

    @Test
    void aFolder() {
        try (Child app = start(ChildJvm.jvm(), folder)) {
            assertThat(endedByTerm(app)).containsExactly("heliograph: report=" + folder + ": Is a directory" + RUNS_ON);
        }
    }

    @Test
    void aNamedPipeThatNobodyReads() {
        Path pipe = folder.resolve("pipe");
        Child.run("mkfifo", pipe.toString());
        try (Child app = start(ChildJvm.jvm(), pipe)) {
            assertThat(endedByTerm(app))
                    .containsExactly("heliograph: report=" + pipe + ": No such device or address" + RUNS_ON);
        }
    }

    @Test
    void aCharacterDevice() {
        try (Child app =
                ChildJvm.jvm().agent("TERM=log,report=/dev/tty").startOnTerminal(Hooks.class.getName(), "fine")) {
            app.out().await("^ready");
            app.out().await("^Running since ");
            app.tell("end");
            app.out().await("^Ended in order at .* with status 0; no signal asked for it\\.");
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.err().all()).isEmpty();
        }
    }

    @Test
    void aDeviceThatIsFull() {
        Path full = Path.of("/dev/full");
        try (Child app = start(ChildJvm.jvm(), full)) {
            assertThat(endedByTerm(app))
                    .containsExactly("heliograph: report=/dev/full: No space left on device" + RUNS_ON);
        }
    }

    /** The file has its page already, and no other is asked for. */
    @Test
    @AsRoot
    void aDiskThatFillsUp() throws IOException {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Path file = disk.resolve("report");
        Child.run("mount", "-t", "tmpfs", "-o", "size=64k", "none", disk.toString());
        try (Child app = start(ChildJvm.jvm(), file)) {
            fill(disk);
            assertThat(endedByTerm(app)).isEmpty();
            assertEndIsIn(file);
        } finally {
            Child.run("umount", disk.toString());
        }
    }

    @Test
    @AsRoot
    void aDiskThatIsFullFromTheBeginning() throws IOException {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Path file = disk.resolve("report");
        Child.run("mount", "-t", "tmpfs", "-o", "size=64k", "none", disk.toString());
        try {
            fill(disk);
            try (Child app = start(ChildJvm.jvm(), file)) {
                assertThat(endedByTerm(app))
                        .containsExactly("heliograph: report=" + file + ": No space left on device" + RUNS_ON);
            }
        } finally {
            Child.run("umount", disk.toString());
        }
    }

    private static void fill(Path disk) throws IOException {
        FileStore store = Files.getFileStore(disk);
        for (int i = 0; store.getUsableSpace() > 0; i++) {
            byte[] block = new byte[4096];
            Arrays.fill(block, (byte) 'x');
            Files.write(disk.resolve("fill" + i), block);
        }
    }
}
