package io.heliograph.jmh.run;

import io.heliograph.jmh.app.Apps;
import io.heliograph.jmh.benchmarks.Allocation;
import io.heliograph.jmh.benchmarks.Burst;
import io.heliograph.jmh.benchmarks.Resources;
import io.heliograph.jmh.benchmarks.Turns;
import io.heliograph.jmh.cell.Cell;
import io.heliograph.jmh.cell.JmhCell;
import io.heliograph.jmh.cell.ProgramCell;
import io.heliograph.jmh.cell.Workplace;
import io.heliograph.jmh.outside.Outside;
import io.heliograph.jmh.report.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Everything that a run measures. */
final class Plan {
    private Plan() {}

    /**
     * The cells, in the order of the report.
     *
     * @param notes takes a line for each contender that this machine does not have
     */
    static List<Cell> cells(Workplace workplace, Consumer<String> notes) {
        List<Cell> cells = new ArrayList<>();
        cells.add(Turns.cell("blocking"));
        cells.add(Turns.cell("spinning"));
        cells.add(interruptedThread());
        cells.add(ProgramCell.floor("burst", "c-blocking", "burst_floor", 100, 1_000));
        List<String> contenders = List.of("sun.misc", "inline-blocking", "own-thread-blocking");
        for (String contender : contenders) {
            cells.add(new JmhCell(Burst.class, Row.ns("burst", contender)));
        }
        for (String contender : contenders) {
            Row row = Row.ns("allocation", contender);
            cells.add(new JmhCell(Allocation.class, List.of(row.in(Resources.BYTES), row.in(Resources.THREADS))));
        }
        cells.addAll(Outside.cells(workplace, notes));
        cells.addAll(Apps.cells());
        return cells;
    }

    private static Cell interruptedThread() {
        List<Row> rows = Stream.of("c-write-64", "not-looking", "looking")
                .map(contender -> Row.ns("interrupted-thread", contender))
                .toList();
        return new ProgramCell(rows, workplace -> {
            int measured = workplace.effort().pick(20, 500, 1_000);
            return List.of(workplace.program("outside_cost"), "20", Integer.toString(measured));
        });
    }
}
