package io.heliograph.jmh.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.jmh.cell.Effort;
import io.heliograph.jmh.cell.Workplace;
import io.heliograph.jmh.report.Floors;
import io.heliograph.jmh.report.Row;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is compared is measured with the same parameters. */
final class PlanTest {
    private static List<Row> rows() {
        Path none = Path.of(".");
        return Plan.cells(new Workplace(none, none, none, Effort.NORMAL), note -> {}).stream()
                .flatMap(cell -> cell.rows().stream())
                .toList();
    }

    @Test
    void noRowIsMeasuredTwice() {
        assertThat(rows()).doesNotHaveDuplicates();
    }

    @Test
    void whereSunMiscIsMeasuredHeliographIs() {
        List<Row> rows = rows();
        assertThat(rows).contains(Row.ns("fan-out", "sun.misc").with("workers", 100));
        assertThat(rows.stream().filter(row -> row.contender().equals("sun.misc")))
                .allSatisfy(row -> assertThat(rows).containsAnyOf(row.of("inline-blocking"), row.of("blocking")));
    }

    @Test
    void eachFloorIsMeasured() {
        List<Row> floors =
                rows().stream().flatMap(row -> Floors.of(row).stream()).toList();
        assertThat(floors).hasSizeGreaterThan(10);
        assertThat(rows()).containsAll(floors);
    }
}
