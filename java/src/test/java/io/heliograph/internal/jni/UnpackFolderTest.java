package io.heliograph.internal.jni;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackFolderTest {
    @TempDir
    Path parent;

    private Path shared;

    @BeforeEach
    void name() {
        shared = parent.resolve("heliograph-" + System.getProperty("user.name"));
    }

    @Test
    void nobodyElseCanWriteAndNothingIsLeft() throws IOException {
        try (UnpackFolder folder = UnpackFolder.makeIn(parent, "file")) {
            Files.writeString(folder.file(), "text");
            assertThat(folder.file().getParent().getParent()).isEqualTo(shared);
            assertThat(permissions(folder.file().getParent())).isEqualTo("rwx------");
            assertThat(permissions(shared)).isEqualTo("rwx------");
        }
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void whatEndedProcessesLeftIsRemoved() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        leave(ended.pid() + "-12-34"); // there is no such process
        leave(ProcessHandle.current().pid() + "-1-2"); // another one has its pid now
        UnpackFolder.makeIn(parent, "file").close();
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void whatALivingProcessHasStays() throws IOException {
        try (UnpackFolder first = UnpackFolder.makeIn(parent, "file")) {
            Files.writeString(first.file(), "text");
            leave("somebody's own");
            UnpackFolder.makeIn(parent, "file").close();
            assertThat(first.file()).exists();
            assertThat(shared.resolve("somebody's own")).exists();
        }
    }

    /** Another user may have made the folder of our name, to replace the file. */
    @Test
    void aFolderThatOthersCanWriteToIsNotUsed() throws IOException {
        leave("1-2-3");
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
        try (UnpackFolder folder = UnpackFolder.makeIn(parent, "file")) {
            assertThat(folder.file().getParent().getParent()).isEqualTo(parent);
        }
        assertThat(shared.resolve("1-2-3").resolve("file")).exists();
    }

    @Test
    void aLinkIsNotUsed() throws IOException {
        Path elsewhere = Files.createDirectory(parent.resolve("elsewhere"));
        Files.createSymbolicLink(shared, elsewhere);
        try (UnpackFolder folder = UnpackFolder.makeIn(parent, "file")) {
            assertThat(folder.file().getParent().getParent()).isEqualTo(parent);
        }
    }

    private void leave(String name) throws IOException {
        if (!Files.exists(shared)) {
            PrivateFolder.make(shared);
        }
        Files.writeString(Files.createDirectory(shared.resolve(name)).resolve("file"), "left");
    }

    private static String permissions(Path folder) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
    }
}
