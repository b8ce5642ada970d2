package io.heliograph.jmh.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TemporaryFolderTest {
    /** The run that is interrupted. */
    static final class Interrupted {
        private Interrupted() {}

        public static void main(String[] args) throws IOException, InterruptedException {
            TemporaryFolder folder = TemporaryFolder.inMemory();
            Files.writeString(folder.path().resolve("exchange"), "any");
            System.out.println(folder.path());
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    @Test
    void itIsRemovedWithWhatIsInIt() throws IOException {
        Path path;
        try (TemporaryFolder folder = TemporaryFolder.make()) {
            path = folder.path();
            Files.writeString(path.resolve("file"), "any");
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void itIsRemovedWhereTheRunIsInterrupted() throws IOException, InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Interrupted.class.getName());
        try (Program program = Program.start(command)) {
            Path path = Path.of(program.line());
            assertThat(path).exists();
            Program.run(List.of("sh", "-c", "kill -TERM " + program.pid()));
            assertThatThrownBy(program::end).hasMessageContaining("has ended with status 143");
            assertThat(path).doesNotExist();
        }
    }
}
