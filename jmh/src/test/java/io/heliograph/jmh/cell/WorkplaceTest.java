package io.heliograph.jmh.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WorkplaceTest {
    /** A run that TERM interrupts. */
    static final class Interrupted {
        private Interrupted() {}

        public static void main(String[] args) throws IOException, InterruptedException {
            Path scratch = Workplace.makeScratch();
            Files.writeString(scratch.resolve("exchange"), "any");
            System.out.println(scratch);
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    @Test
    void anInterruptedRunLeavesNoTemporaryFiles() throws IOException, InterruptedException {
        try (Program program = Program.start(Workplace.java(List.of(), Interrupted.class))) {
            Path scratch = Path.of(program.line());
            assertThat(scratch).isNotEmptyDirectory();
            Program.run(List.of("sh", "-c", "kill -TERM " + program.pid()));
            assertThatThrownBy(program::end).hasMessageContaining("has ended with status 143");
            assertThat(scratch).doesNotExist();
        }
    }
}
