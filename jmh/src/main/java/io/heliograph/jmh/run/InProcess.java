package io.heliograph.jmh.run;

import io.heliograph.jmh.benchmarks.Allocation;
import io.heliograph.jmh.benchmarks.Burst;
import io.heliograph.jmh.benchmarks.Catching;
import io.heliograph.jmh.benchmarks.FanOut;
import io.heliograph.jmh.benchmarks.InTurn;
import io.heliograph.jmh.benchmarks.InterruptedThread;
import io.heliograph.jmh.benchmarks.RaiseToWorker;
import io.heliograph.jmh.benchmarks.Registering;
import io.heliograph.jmh.benchmarks.Resources;
import io.heliograph.jmh.report.Figures.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What a JVM does with signals that it raises itself: the JMH benchmarks, and the floors of native/bench beside them. */
final class InProcess implements Questions {
    @Override
    public List<Cell> cells(Workplace workplace, Consumer<String> notes) {
        List<Cell> cells = new ArrayList<>();
        addRaiseToWorker(cells);
        addInterruptedThread(cells);
        cells.add(inTurn());
        addBurst(cells);
        addFanOut(cells);
        addCatching(cells);
        addRegistering(cells);
        for (String contender : List.of(
                "nothing",
                "sun.misc",
                "inline-blocking",
                "inline-spinning",
                "own-thread-blocking",
                "executor-blocking")) {
            cells.add(
                    new JmhCell("allocation", Allocation.class, contender).inUnits(Resources.BYTES, Resources.THREADS));
        }
        return cells;
    }

    private static void addRaiseToWorker(List<Cell> cells) {
        String question = "raise-to-worker";
        for (String floor : List.of("c-blocking", "c-spinning", "c-kill-one-hop", "c-kill-two-hops", "c-sigwaitinfo")) {
            cells.add(new FloorCell(question, floor, "raise_floor", List.of(floor), 2_000, 50_000));
        }
        for (String contender : List.of(
                "nothing",
                "sun.misc",
                "inline-blocking",
                "inline-spinning",
                "own-thread-blocking",
                "own-thread-spinning",
                "executor-blocking",
                "executor-spinning")) {
            cells.add(new JmhCell(question, RaiseToWorker.class, contender));
        }
    }

    private static void addInterruptedThread(List<Cell> cells) {
        String question = "interrupted-thread";
        for (String floor : List.of("c-empty-handler", "c-write-64", "c-write-64-spinning")) {
            cells.add(new FloorCell(question, floor, "handler_floor", List.of(floor), 2_000, 50_000));
        }
        for (String contender : List.of("nothing", "sun.misc", "inline-blocking", "inline-spinning")) {
            cells.add(new JmhCell(question, InterruptedThread.class, contender));
        }
    }

    private static Cell inTurn() {
        List<Row> rows = new ArrayList<>();
        for (String contender : InTurn.contenders()) {
            for (String until : List.of(InTurn.RETURN, InTurn.HANDLED)) {
                rows.add(new Row(InTurn.QUESTION, contender, Map.of(InTurn.UNTIL, until), "ns"));
            }
        }
        return new LinesCell(
                InTurn.QUESTION,
                Map.of(),
                rows,
                workplace -> LinesCell.java(
                        workplace,
                        InTurn.class,
                        workplace.program("libbare_handler.so"),
                        workplace.effort().pick(500, 20_000, 20_000),
                        workplace.effort().pick(500, 20_000, 100_000)));
    }

    private static void addBurst(List<Cell> cells) {
        String question = "burst";
        for (String floor : List.of("c-blocking", "c-spinning")) {
            cells.add(new FloorCell(question, floor, "burst_floor", List.of(floor), 100, 1_000));
        }
        for (String contender : List.of(
                "nothing",
                "sun.misc",
                "inline-blocking",
                "inline-spinning",
                "own-thread-blocking",
                "executor-blocking",
                "inline-blocking-real-time")) {
            cells.add(new JmhCell(question, Burst.class, contender));
        }
    }

    private static void addFanOut(List<Cell> cells) {
        for (String contender : List.of("nothing", "sun.misc", "inline-blocking")) {
            for (String workers : List.of("1", "10", "100", "1000")) {
                cells.add(new JmhCell("fan-out", FanOut.class, contender).with("workers", workers));
            }
        }
    }

    private static void addCatching(List<Cell> cells) {
        cells.add(catching("nothing", "1"));
        cells.add(catching("sun.misc", "1"));
        cells.add(catching("sun.misc", "18"));
        cells.add(catching("inline-blocking", "1"));
        cells.add(catching("inline-blocking", "18"));
        cells.add(catching("inline-blocking", "28"));
    }

    private static JmhCell catching(String contender, String caught) {
        return new JmhCell("catching", Catching.class, contender)
                .with("caught", caught)
                .once();
    }

    private static void addRegistering(List<Cell> cells) {
        String question = "registering";
        cells.add(new FloorCell(question, "c-sigaction", "register_floor", List.of(), 2_000, 50_000).once());
        for (String contender : List.of("nothing", "sun.misc", "inline-blocking", "own-thread-blocking")) {
            cells.add(new JmhCell(question, Registering.class, contender)
                    .verifying(
                            contender.equals("nothing")
                                    ? "nothing was registered"
                                    : "caught while it was registered, reached the worker, and not caught afterwards")
                    .once());
        }
    }
}
