package io.heliograph.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commit of a source tree. */
final class CommitTest {
    @TempDir
    private Path folder;

    private String git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("git", "-C", folder.toString(), "-c", "user.name=a", "-c", "user.email=a@example.org"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.strip();
    }

    @Test
    void theReportNamesTheCommitAndWhetherTheTreeDiffers() throws Exception {
        git("init", "-q");
        Path file = folder.resolve("file");
        Files.writeString(file, "one");
        assertThat(Commit.of(folder)).as("before the first commit").isEqualTo("unknown");
        git("add", "file");
        git("commit", "-q", "-m", "one");
        String head = git("rev-parse", "HEAD");
        assertThat(Commit.of(folder)).isEqualTo(head);
        Files.writeString(file, "two");
        assertThat(Commit.of(folder)).isEqualTo(head + ", with uncommitted changes");
    }

    @Test
    void aTreeWithoutARepositoryOfItsOwnHasNoCommit() throws Exception {
        assertThat(Commit.of(folder)).isEqualTo("unknown");
        git("init", "-q");
        git("commit", "-q", "--allow-empty", "-m", "one");
        Path inside = Files.createDirectory(folder.resolve("inside"));
        assertThat(Commit.of(inside)).as("in another project's tree").isEqualTo("unknown");
    }
}
