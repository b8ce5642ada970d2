package io.heliograph.jmh.run;

import io.heliograph.jmh.app.Apps;
import io.heliograph.jmh.benchmarks.Allocation;
import io.heliograph.jmh.benchmarks.Burst;
import io.heliograph.jmh.benchmarks.FanOut;
import io.heliograph.jmh.benchmarks.InterruptedThread;
import io.heliograph.jmh.benchmarks.RaiseToWorker;
import io.heliograph.jmh.benchmarks.Resources;
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
    private static final List<String> INLINE = List.of("nothing", "sun.misc", "inline-blocking", "inline-spinning");
    private static final List<String> ALL =
            Stream.concat(INLINE.stream(), Stream.of("own-thread-blocking")).toList();

    private Plan() {}

    /**
     * The cells, in the order of the report.
     *
     * @param notes takes a line for each contender that this machine does not have
     */
    static List<Cell> cells(Workplace workplace, Consumer<String> notes) {
        List<Cell> cells = new ArrayList<>();
        for (String floor : List.of("c-blocking", "c-spinning")) {
            cells.add(ProgramCell.floor("raise-to-worker", floor, "raise_floor", 2_000, 50_000));
        }
        addBenchmark(cells, "raise-to-worker", RaiseToWorker.class, ALL);
        for (String floor : List.of("c-empty-handler", "c-write-64", "c-write-64-spinning")) {
            cells.add(ProgramCell.floor("interrupted-thread", floor, "handler_floor", 2_000, 50_000));
        }
        addBenchmark(cells, "interrupted-thread", InterruptedThread.class, INLINE);
        cells.add(interruptedFromOutside());
        for (String floor : List.of("c-blocking", "c-spinning")) {
            cells.add(ProgramCell.floor("burst", floor, "burst_floor", 100, 1_000));
        }
        addBenchmark(cells, "burst", Burst.class, ALL);
        for (String contender : List.of("nothing", "sun.misc", "inline-blocking")) {
            for (int workers : List.of(1, 10, 100, 1000)) {
                Row row = Row.ns("fan-out", contender).with("workers", workers);
                cells.add(new JmhCell(FanOut.class, row));
            }
        }
        for (String contender : ALL) {
            Row row = Row.ns("allocation", contender);
            List<Row> rows = List.of(row.in(Resources.BYTES), row.in(Resources.THREADS));
            cells.add(new JmhCell(Allocation.class, rows));
        }
        cells.addAll(Outside.latencies(workplace, notes));
        cells.addAll(Outside.senders(notes));
        cells.addAll(Apps.floods());
        cells.addAll(Apps.cells());
        return cells;
    }

    private static void addBenchmark(List<Cell> cells, String question, Class<?> benchmark, List<String> contenders) {
        for (String contender : contenders) {
            cells.add(new JmhCell(benchmark, Row.ns(question, contender)));
        }
    }

    private static Cell interruptedFromOutside() {
        List<Row> rows = Stream.of("c-write-64", "not-looking", "looking")
                .map(contender -> Row.ns("interrupted-from-outside", contender))
                .toList();
        return new ProgramCell(rows, workplace -> {
            int measured = workplace.effort().pick(20, 500, 1_000);
            return List.of(workplace.program("outside_cost"), "20", Integer.toString(measured));
        });
    }
}
