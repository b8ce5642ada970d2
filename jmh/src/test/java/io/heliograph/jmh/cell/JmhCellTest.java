package io.heliograph.jmh.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.jmh.benchmarks.Losing;
import io.heliograph.jmh.report.Measurement;
import io.heliograph.jmh.report.Row;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An event that is lost in a JVM of JMH fails the cell. */
final class JmhCellTest {
    @TempDir
    private Path folder;

    private List<Measurement> measure(boolean loses, boolean looks) throws Exception {
        Map<String, String> parameters = Map.of("loses", Boolean.toString(loses), "looks", Boolean.toString(looks));
        return new JmhCell(Losing.class, new Row("losing", "nothing", parameters, "ns"))
                .measure(new Workplace(folder, folder, folder, Effort.SMOKE));
    }

    @Test
    void withoutALossItIsMeasured() throws Exception {
        assertThat(measure(false, true))
                .singleElement()
                .extracting(Measurement::check)
                .asString()
                .matches("([1-9]\\d*) raised, \\1 handled");
    }

    /** The benchmark finds the loss at its end, or the profiler finds it. */
    @ParameterizedTest
    @CsvSource({"true, see ", "false, in the measured time"})
    void aLossFails(boolean looks, String finder) {
        assertThatThrownBy(() -> measure(true, looks))
                .hasMessageMatching("(?s)\\d+ raised, \\d+ handled.*")
                .hasMessageContaining(finder);
    }
}
