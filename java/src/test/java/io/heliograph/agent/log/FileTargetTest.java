package io.heliograph.agent.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.internal.text.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FileTargetTest {
    @TempDir
    private Path folder;

    @Test
    void appendsToAPrivateFileAndMakesItAnewWhereItIsGone() throws Exception {
        Path file = folder.resolve("log");
        LogTarget target = new FileTarget(file.toString());
        target.write("one");
        target.write("two");
        assertThat(file).hasContent("one\ntwo\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Path rotated = Files.move(file, folder.resolve("log.1"));
        target.write("three");
        assertThat(rotated).hasContent("one\ntwo\n");
        assertThat(file).hasContent("three\n");
    }

    /** An operator who has let others read it is not contradicted. */
    @Test
    void leavesTheModeOfAFileThatIsThere() throws Exception {
        Path file = Files.writeString(folder.resolve("log"), "zero\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        new FileTarget(file.toString()).write("one");
        assertThat(file).hasContent("zero\none\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void expandsItsName() throws Exception {
        LogTarget target = new FileTarget(folder + "/%p%%");
        target.write("one");
        assertThat(folder.resolve(ProcessHandle.current().pid() + "%")).hasContent("one\n");
    }

    @Test
    void saysWhyItCannotWrite() {
        refuses(folder.resolve("absent").resolve("log"), "No such file or directory");
        refuses(folder, "Is a directory");
        refuses(Path.of("/dev/full"), "No space left on device");
    }

    /** The agent's thread would wait for a reader. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void refusesANamedPipe() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        refuses(pipe, "it is a named pipe, which may have no reader");
    }

    private static void refuses(Path file, String why) {
        assertThatThrownBy(() -> new FileTarget(file.toString()).write("x"))
                .satisfies(refused -> assertThat(Failure.line(refused)).isEqualTo(why));
    }
}
