package io.heliograph.jmh.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.jmh.cell.Cell;
import io.heliograph.jmh.cell.Effort;
import io.heliograph.jmh.cell.Workplace;
import io.heliograph.jmh.report.Measurement;
import io.heliograph.jmh.report.Results;
import io.heliograph.jmh.report.Row;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order of a run, and its completeness. */
final class RunTest {
    private final List<String> asked = new ArrayList<>();
    private final ByteArrayOutputStream progress = new ByteArrayOutputStream();

    /** A cell that answers at once. */
    private class Fake implements Cell {
        private final Row row;

        Fake(String question, String contender) {
            row = Row.ns(question, contender);
        }

        @Override
        public List<Row> rows() {
            return List.of(row);
        }

        @Override
        public List<Measurement> measure(Workplace workplace) {
            asked.add(row.question() + " " + row.contender());
            return List.of(Measurement.single(row, 7, "seen"));
        }
    }

    private Results run(Effort effort, Cell... cells) throws Exception {
        Workplace workplace = new Workplace(Path.of("."), Path.of("."), Path.of("."), effort);
        return new Run(workplace, List.of(cells), new PrintStream(progress, true, StandardCharsets.UTF_8))
                .measure(List.of());
    }

    @Test
    void eachRoundAsksEachContenderOfAQuestionOnce() throws Exception {
        Results results = run(Effort.NORMAL, new Fake("p", "a"), new Fake("q", "b"), new Fake("p", "c"));
        assertThat(asked)
                .containsExactly("p a", "p c", "q b", /* last to first: */ "p c", "p a", "q b", "p a", "p c", "q b");
        assertThat(results.measurements()).extracting(Measurement::round).containsExactly(0, 0, 0, 1, 1, 1, 2, 2, 2);
        assertThat(progress.toString(StandardCharsets.UTF_8).lines())
                .hasSize(9)
                .first()
                .asString()
                .matches("\\[  1/9 \\d+:\\d\\d] p, a, round 1 \\.\\.\\. 7\\.0 ns");
    }

    @Test
    void aFailingCellFailsTheRunAndIsNamed() {
        Cell failing = new Fake("q", "b") {
            @Override
            public List<Measurement> measure(Workplace workplace) {
                throw new IllegalStateException("20 raised, 19 handled");
            }
        };
        assertThatThrownBy(() -> run(Effort.SMOKE, new Fake("q", "a"), failing, new Fake("q", "c")))
                .isInstanceOf(Run.CellFailure.class)
                .hasMessage("q, b, round 1: 20 raised, 19 handled");
        assertThat(asked).containsExactly("q a");
    }

    @Test
    void aCellWithoutItsRowsFailsTheRun() {
        Cell silent = new Fake("q", "b") {
            @Override
            public List<Measurement> measure(Workplace workplace) {
                return List.of();
            }
        };
        Cell another = new Fake("q", "b") {
            @Override
            public List<Measurement> measure(Workplace workplace) {
                return List.of(Measurement.single(Row.ns("q", "another"), 7, "seen"));
            }
        };
        assertThatThrownBy(() -> run(Effort.SMOKE, silent)).isInstanceOf(Run.CellFailure.class);
        assertThatThrownBy(() -> run(Effort.SMOKE, another)).isInstanceOf(Run.CellFailure.class);
    }

    @Test
    void optionsAreUnderstoodOrRefusedInOneLine() throws Exception {
        assertThat(Options.of()).extracting(Options::effort).isEqualTo(Effort.NORMAL);
        assertThat(Options.of("--full").effort()).isEqualTo(Effort.FULL);
        assertThat(Options.of("--smoke", "--only", "burst", "--out", "x").only())
                .hasValue("burst");
        assertThatThrownBy(() -> Options.of("--fast"))
                .isInstanceOf(Options.WrongUse.class)
                .hasMessageStartingWith("there is no option --fast: right are --smoke");
        assertThatThrownBy(() -> Options.of("--out")).hasMessageStartingWith("--out lacks its value");
    }
}
