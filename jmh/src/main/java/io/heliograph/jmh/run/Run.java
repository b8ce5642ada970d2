package io.heliograph.jmh.run;

import io.heliograph.jmh.report.Commit;
import io.heliograph.jmh.report.Figures.Row;
import io.heliograph.jmh.report.Machine;
import io.heliograph.jmh.report.Measurement;
import io.heliograph.jmh.report.Results;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures the cells in rounds. Each round asks every question once, and each of its contenders in turn, so that what is
 * compared was measured on one machine in one state; every second round goes through the contenders from last to first.
 */
final class Run {
    private final Workplace workplace;
    private final List<Cell> cells;
    private final PrintStream progress;
    private final long begun = System.nanoTime();

    Run(Workplace workplace, List<Cell> cells, PrintStream progress) {
        this.workplace = workplace;
        this.cells = cells;
        this.progress = progress;
    }

    /** A cell that could not be measured, or has not done its work. */
    static final class CellFailure extends Exception {
        private static final long serialVersionUID = 1;

        CellFailure(String cell, Exception cause) {
            super(cell + ": " + cause.getMessage(), cause);
        }
    }

    Results measure(List<String> notes) throws CellFailure, InterruptedException {
        Machine.Begun before = Machine.now();
        // Now, as somebody may go on with the sources while it runs.
        String commit = Commit.of(workplace.home());
        List<Turn> turns = turns();
        List<Measurement> measurements = new ArrayList<>();
        for (int i = 0; i < turns.size(); i++) {
            Turn turn = turns.get(i);
            progress.printf(Locale.ROOT, "[%3d/%d %s] %s ... ", i + 1, turns.size(), elapsed(), turn.name());
            progress.flush();
            List<Measurement> found = measure(turn);
            progress.println(summary(found));
            measurements.addAll(found);
        }
        return new Results(before.atEnd(), commit, workplace.effort().label(), measurements, notes);
    }

    private record Turn(Cell cell, int round) {
        String name() {
            String parameters =
                    cell.parameters().isEmpty() ? "" : " " + cell.parameters().toString();
            return cell.question() + ", " + cell.contender() + parameters + ", round " + (round + 1);
        }
    }

    private List<Turn> turns() {
        Map<String, List<Cell>> questions = new LinkedHashMap<>();
        for (Cell cell : cells) {
            questions.computeIfAbsent(cell.question(), any -> new ArrayList<>()).add(cell);
        }
        List<Turn> turns = new ArrayList<>();
        for (int number = 0; number < workplace.effort().rounds(); number++) {
            int round = number;
            for (List<Cell> contenders : questions.values()) {
                List<Turn> ofQuestion = new ArrayList<>(contenders.stream()
                        .filter(cell -> round < cell.rounds(workplace.effort()))
                        .map(cell -> new Turn(cell, round))
                        .toList());
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
            List<Measurement> found = turn.cell.measure(workplace);
            requirePlanned(turn.cell, found);
            return found.stream()
                    .map(measurement -> measurement.inRound(turn.round))
                    .toList();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            progress.println("FAILED");
            throw new CellFailure(turn.name(), e);
        }
    }

    /** A missing row would be a failure that nobody sees. */
    private static void requirePlanned(Cell cell, List<Measurement> found) {
        if (!found.stream().map(Row::of).toList().equals(cell.rows())) {
            throw new IllegalStateException("measured " + found + ", and not its own " + cell.rows());
        }
    }

    private String elapsed() {
        long seconds = (System.nanoTime() - begun) / 1_000_000_000;
        return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }

    private static String summary(List<Measurement> found) {
        List<String> figures = found.stream()
                .map(measurement -> String.format(Locale.ROOT, "%.1f %s", measurement.p50(), measurement.unit()))
                .toList();
        return String.join(", ", figures);
    }
}
