package io.heliograph.jmh.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProgramTest {
    @Test
    void itEndsAtTheEndOfItsInputAndItsOutputIsKept() throws IOException, InterruptedException {
        try (Program program = Program.start(List.of("sh", "-c", "echo ready; cat; echo a; echo b"))) {
            assertThat(program.line()).isEqualTo("ready");
            assertThat(program.end()).isEqualTo("a\nb");
        }
    }

    @Test
    void aProgramThatFailsFailsTheMeasurement() {
        assertThatThrownBy(() -> Program.run(List.of("sh", "-c", "echo why; exit 3")))
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith("has ended with status 3: why");
    }

    @Test
    void aProgramThatEndsWithoutOutputFailsTheMeasurement() throws IOException, InterruptedException {
        try (Program program = Program.start(List.of("true"))) {
            assertThatThrownBy(program::line).isInstanceOf(IOException.class).hasMessageContaining("has ended");
        }
    }

    @Test
    void aNumberThatIsMissingFailsTheMeasurement() {
        Counts counts = Counts.parse("handled 5 lost 0\n");
        assertThat(counts.of("handled")).isEqualTo(5);
        assertThat(counts.of("lost")).isZero();
        assertThatThrownBy(() -> counts.of("arrived")).hasMessageStartingWith("a program printed no \"arrived\"");
    }
}
