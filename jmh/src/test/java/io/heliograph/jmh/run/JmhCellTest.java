package io.heliograph.jmh.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.jmh.benchmarks.Losing;
import io.heliograph.jmh.report.Measurement;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An event that is lost in a JVM of JMH fails the cell. */
final class JmhCellTest {
    @TempDir
    private Path folder;

    private Cell cell(boolean loses, boolean looks) {
        return new JmhCell("raise-to-worker", Losing.class, "nothing")
                .with("loses", Boolean.toString(loses))
                .with("looks", Boolean.toString(looks));
    }

    private Workplace workplace() {
        return new Workplace(folder, folder, Effort.SMOKE);
    }

    @Test
    void whereNoneIsLostItIsMeasured() throws Exception {
        assertThat(cell(false, true).measure(workplace()))
                .singleElement()
                .extracting(Measurement::check)
                .asString()
                .matches("([1-9]\\d*) raised, \\1 handled");
    }

    /** By the benchmark at its end, or else by what is counted beside it. */
    @ParameterizedTest
    @CsvSource({"true, has what JMH says", "false, in the measured time"})
    void whereOneIsLostItFails(boolean looks, String whoFoundIt) {
        assertThatThrownBy(() -> cell(true, looks).measure(workplace()))
                .hasMessageMatching("(?s)\\d+ raised, \\d+ handled.*")
                .hasMessageContaining(whoFoundIt);
    }
}
