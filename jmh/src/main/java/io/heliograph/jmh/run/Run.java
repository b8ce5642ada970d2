package io.heliograph.jmh.run;

import io.heliograph.jmh.cell.Cell;
import io.heliograph.jmh.cell.Workplace;
import io.heliograph.jmh.report.Machine;
import io.heliograph.jmh.report.Measurement;
import io.heliograph.jmh.report.Results;
import io.heliograph.jmh.report.Row;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Measures the cells in rounds. Each round measures the contenders of a question one after the other, so that the machine is
 * in one state. Every second round takes them from last to first.
 */
final class Run {
    private final Workplace workplace;
    private final List<Cell> cells;
    private final PrintStream progress;
    private final long begin = System.nanoTime();

    Run(Workplace workplace, List<Cell> cells, PrintStream progress) {
        this.workplace = workplace;
        this.cells = cells;
        this.progress = progress;
    }

    /** A cell was not measured, or its work was not done. */
    static final class CellFailure extends Exception {
        private static final long serialVersionUID = 1;

        CellFailure(String cell, Exception cause) {
            super(cell + ": " + cause.getMessage(), cause);
        }
    }

    Results measure(List<String> notes) throws CellFailure, InterruptedException {
        Machine.Begin machine = new Machine.Begin();
        List<Turn> turns = turns();
        List<Measurement> measurements = new ArrayList<>();
        for (int i = 0; i < turns.size(); i++) {
            Turn turn = turns.get(i);
            progress.printf(Locale.ROOT, "[%3d/%d %s] %s ... ", i + 1, turns.size(), elapsed(), turn.name());
            progress.flush();
            List<Measurement> measured = measure(turn);
            progress.println(measured.stream()
                    .map(found -> String.format(Locale.ROOT, "%.1f %s", found.p50(), found.unit()))
                    .collect(Collectors.joining(", ")));
            measurements.addAll(measured);
        }
        return new Results(
                machine.end(),
                System.getProperty("heliograph.commit", "unknown"),
                workplace.effort().label(),
                measurements,
                notes);
    }

    private record Turn(Cell cell, int round) {
        String name() {
            String rows = cell.rows().stream().map(Row::name).distinct().collect(Collectors.joining(", "));
            return cell.question() + ", " + rows + ", round " + (round + 1);
        }
    }

    private List<Turn> turns() {
        Map<String, List<Cell>> questions =
                cells.stream().collect(Collectors.groupingBy(Cell::question, LinkedHashMap::new, Collectors.toList()));
        List<Turn> turns = new ArrayList<>();
        for (int i = 0; i < workplace.effort().rounds(); i++) {
            int round = i;
            for (List<Cell> contenders : questions.values()) {
                List<Turn> ofQuestion = contenders.stream()
                        .map(cell -> new Turn(cell, round))
                        .collect(Collectors.toCollection(ArrayList::new));
                if (round % 2 == 1) {
                    Collections.reverse(ofQuestion);
                }
                turns.addAll(ofQuestion);
            }
        }
        return turns;
    }

    private List<Measurement> measure(Turn turn) throws CellFailure, InterruptedException {
        try {
            List<Measurement> measured = turn.cell.measure(workplace);
            // A missing row would be a failure that nobody sees.
            if (!measured.stream().map(Measurement::row).toList().equals(turn.cell.rows())) {
                throw new IllegalStateException("measured " + measured + " instead of " + turn.cell.rows());
            }
            return measured.stream().map(found -> found.inRound(turn.round)).toList();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            progress.println("FAILED");
            throw new CellFailure(turn.name(), e);
        }
    }

    private String elapsed() {
        long seconds = (System.nanoTime() - begin) / 1_000_000_000;
        return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }
}
