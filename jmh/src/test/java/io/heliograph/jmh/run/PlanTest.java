package io.heliograph.jmh.run;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.jmh.cell.Cell;
import io.heliograph.jmh.cell.Effort;
import io.heliograph.jmh.cell.Workplace;
import io.heliograph.jmh.report.Floors;
import io.heliograph.jmh.report.Row;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is compared is measured as often, and with the same parameters. */
final class PlanTest {
    private static List<Cell> cells(Effort effort) {
        Path none = Path.of(".");
        return Plan.cells(new Workplace(none, none, none, effort), note -> {});
    }

    private static List<Row> rows() {
        return cells(Effort.NORMAL).stream()
                .flatMap(cell -> cell.rows().stream())
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void allContendersOfAQuestionHaveTheSameRounds(Effort effort) {
        Map<String, Set<Integer>> rounds = cells(effort).stream()
                .collect(groupingBy(Cell::question, mapping(cell -> cell.rounds(effort), toSet())));
        assertThat(rounds)
                .isNotEmpty()
                .allSatisfy((question, of) -> assertThat(of).hasSize(1));
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
