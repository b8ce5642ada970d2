package io.heliograph.jmh.outside;

import io.heliograph.jmh.report.Figures.Row;
import io.heliograph.jmh.run.Cell;
import io.heliograph.jmh.run.LinesCell;
import io.heliograph.jmh.run.Questions;
import io.heliograph.jmh.run.Workplace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Who sent it: how often that is known, and what it costs to look. */
public final class Senders implements Questions {
    private static final String COST = "interrupted-from-outside";

    @Override
    public List<Cell> cells(Workplace workplace, Consumer<String> notes) {
        List<Cell> cells = new ArrayList<>();
        addSenders(cells, notes);
        cells.add(new LinesCell(
                COST,
                Map.of(),
                Stream.of("c-write-64", "not-looking", "looking")
                        .map(contender -> new Row(COST, contender, Map.of(), "ns"))
                        .toList(),
                any -> List.of(
                        any.program("outside_cost").toString(),
                        "20",
                        Integer.toString(any.effort().pick(20, 500, 1_000)))));
        for (int senders : List.of(1, 50)) {
            cells.add(new LinesCell(
                    Flood.QUESTION,
                    Flood.parameters(senders),
                    Flood.rows(senders),
                    any -> LinesCell.java(
                            any,
                            Flood.class,
                            any.program("flood"),
                            senders,
                            any.effort().pick(1, 10, 20),
                            any.effort().pick(2, 20, 25))));
        }
        return cells;
    }

    private static void addSenders(List<Cell> cells, Consumer<String> notes) {
        for (String program : List.of("bash", "pkill", "xargs", "timeout")) {
            if (Outside.version(program).isEmpty()) {
                notes.accept("senders: there is no " + program + " on PATH");
                return;
            }
        }
        for (Load.Kind load : Load.Kind.values()) {
            cells.add(new SendersCell("kill", "kill", false, load));
            for (String way : List.of("kill", "timeout", "xargs", "pkill", "bash")) {
                String command = way.equals("pkill") || way.equals("bash") ? way : "kill";
                cells.add(new SendersCell(way, command, true, load));
            }
        }
    }
}
