package io.heliograph.agent.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpFileTest {
    @TempDir
    private Path folder;

    /** Whoever looks sees nothing of it before: no name, and no way into the folder in which it grows. */
    @Test
    void hasItsNameWhenItIsWhole() throws Exception {
        Path target = folder.resolve("dump");
        Path written = new DumpFile(target.toString()).write(".x", file -> {
            assertThat(target).doesNotExist();
            assertThat(file).doesNotExist().hasFileName("dump.x");
            assertThat(file.getParent()).hasParent(folder);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                    .isEqualTo("rwx------");
            Files.writeString(file, "whole");
        });
        assertThat(written).isEqualTo(target).hasContent("whole");
        assertThat(filesIn()).containsExactly(target);
    }

    @Test
    void whatFailsLeavesNothing() throws IOException {
        assertThatThrownBy(() -> new DumpFile(folder + "/dump").write("", file -> {
                    Files.writeString(file, "ha");
                    Files.writeString(file.resolveSibling("dump.p1"), "lf");
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");
        assertThat(filesIn()).isEmpty();
    }

    /** Somebody takes the name while the dump is written. */
    @Test
    void whatComesMeanwhileIsNotOverwritten() throws IOException {
        Path target = folder.resolve("dump");
        assertThatThrownBy(() -> new DumpFile(target.toString()).write("", file -> {
                    Files.writeString(file, "dump");
                    Files.writeString(target, "precious");
                }))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(target).hasContent("precious");
        assertThat(filesIn()).containsExactly(target);
    }

    @Test
    void withoutLinksToo() throws IOException {
        Path dump = Files.writeString(folder.resolve("aside"), "dump");
        Path target = Files.writeString(folder.resolve("dump"), "precious");
        assertThatThrownBy(() -> DumpFile.placeWithoutLink(dump, target))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(target).hasContent("precious");
        Path free = folder.resolve("free");
        DumpFile.placeWithoutLink(dump, free);
        assertThat(free).hasContent("dump");
        assertThatThrownBy(() -> DumpFile.placeWithoutLink(dump, folder.resolve("other")))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(filesIn()).containsExactlyInAnyOrder(target, free);
    }

    private List<Path> filesIn() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
