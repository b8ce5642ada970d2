package io.heliograph.jmh.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.jmh.cell.Effort;
import io.heliograph.jmh.cell.Workplace;
import io.heliograph.jmh.report.Baselines;
import io.heliograph.jmh.report.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is compared is measured with the same parameters. */
final class PlanTest {
    private final List<String> notes = new ArrayList<>();

    private List<Row> rows() {
        Path none = Path.of(".");
        return Plan.cells(new Workplace(none, none, none, Effort.NORMAL), notes::add).stream()
                .flatMap(cell -> cell.rows().stream())
                .toList();
    }

    @Test
    void noRowIsMeasuredTwice() {
        assertThat(rows()).doesNotHaveDuplicates();
    }

    @Test
    void eachBoundIsOfWhatIsMeasured() {
        List<Row> rows = rows();
        assertThat(rows.stream().filter(row -> row.contender().equals("sun.misc")))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(rows).containsAnyOf(row.of("inline-blocking"), row.of("heliograph")));
        for (String peer : List.of("python3", "node")) {
            assertThat(rows.contains(Row.ns("outside", peer)))
                    .as(peer)
                    .isEqualTo(notes.stream().noneMatch(note -> note.contains(peer)));
        }
    }

    @Test
    void eachBaselineIsMeasured() {
        List<Row> baselines =
                rows().stream().flatMap(row -> Baselines.of(row).stream()).toList();
        assertThat(baselines).hasSizeGreaterThan(10);
        assertThat(rows()).containsAll(baselines);
    }
}
