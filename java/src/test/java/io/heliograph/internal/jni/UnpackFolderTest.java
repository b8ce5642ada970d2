package io.heliograph.internal.jni;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.AsRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackFolderTest {
    private static final String ELSEWHERE = "heliograph-1-";

    @TempDir
    Path parent;

    @Test
    void nobodyElseCanWriteAndNothingIsLeft() throws IOException {
        try (UnpackFolder folder = UnpackFolder.makeIn(parent, "file")) {
            Files.writeString(folder.file(), "text");
            assertThat(folder.file().getParent().getParent()).isEqualTo(parent);
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(folder.file().getParent())))
                    .isEqualTo("rwx------");
        }
        assertThat(parent).isEmptyDirectory();
    }

    /** No file name has a NUL; in the C locale, none has an umlaut. */
    @Test
    void theUsersNameIsNotInTheFoldersName() throws IOException {
        String name = System.getProperty("user.name");
        System.setProperty("user.name", "\0");
        try {
            UnpackFolder.makeIn(parent, "file").close();
        } finally {
            System.setProperty("user.name", name);
        }
    }

    @Test
    void whatEndedProcessesLeftIsRemoved() throws Exception {
        leave(here() + endedPid() + "-12-34"); // there is no such process
        leave(here() + ProcessHandle.current().pid() + "-1-2"); // another one has its pid now
        UnpackFolder.makeIn(parent, "file").close();
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void whatALivingProcessHasStays() throws IOException {
        try (UnpackFolder first = UnpackFolder.makeIn(parent, "file")) {
            Files.writeString(first.file(), "text");
            Path other = leave("heliograph-somebody's own");
            UnpackFolder.makeIn(parent, "file").close();
            assertThat(first.file()).exists();
            assertThat(other).exists();
        }
    }

    @Test
    void whatAProcessOfAnotherNamespaceHasStaysForAnHour() throws Exception {
        Path fresh = leave(ELSEWHERE + endedPid() + "-1-2");
        Path old = leave(ELSEWHERE + endedPid() + "-3-4");
        age(old);
        UnpackFolder.makeIn(parent, "file").close();
        assertThat(fresh).exists();
        assertThat(old).doesNotExist();
    }

    /** Another user may have made it. */
    @Test
    void whatOthersCanWriteToStays() throws IOException {
        Path others = leave(ELSEWHERE + "2-3-4");
        age(others);
        Files.setPosixFilePermissions(others, PosixFilePermissions.fromString("rwxrwxrwx"));
        UnpackFolder.makeIn(parent, "file").close();
        assertThat(others.resolve("file")).exists();
    }

    @Test
    @AsRoot
    void whatAnotherUserHasStays() throws IOException {
        Path others = leave(ELSEWHERE + "2-3-4");
        age(others);
        Files.setAttribute(others, "unix:uid", 54321);
        UnpackFolder.makeIn(parent, "file").close();
        assertThat(others.resolve("file")).exists();
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Path elsewhere = leave("elsewhere");
        age(elsewhere);
        Files.createSymbolicLink(parent.resolve(ELSEWHERE + "2-3-4"), elsewhere);
        UnpackFolder.makeIn(parent, "file").close();
        assertThat(elsewhere.resolve("file")).exists();
    }

    /** How the names of this namespace's folders begin. */
    private String here() throws IOException {
        try (UnpackFolder folder = UnpackFolder.makeIn(parent, "file")) {
            String name = folder.file().getParent().getFileName().toString();
            assertThat(name)
                    .matches("heliograph-[0-9]+-" + ProcessHandle.current().pid() + "-[0-9]+-[0-9]+");
            return name.substring(0, name.indexOf('-', "heliograph-".length()) + 1);
        }
    }

    private static long endedPid() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        return ended.pid();
    }

    private Path leave(String name) throws IOException {
        Path folder = PrivateFolder.make(parent.resolve(name));
        Files.writeString(folder.resolve("file"), "left");
        return folder;
    }

    private static void age(Path folder) throws IOException {
        Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    }
}
