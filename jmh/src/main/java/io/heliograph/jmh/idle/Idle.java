package io.heliograph.jmh.idle;

import io.heliograph.jmh.run.Cell;
import io.heliograph.jmh.run.Questions;
import io.heliograph.jmh.run.Workplace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What the agent costs when no signal comes. */
public final class Idle implements Questions {
    @Override
    public List<Cell> cells(Workplace workplace, Consumer<String> notes) {
        List<Cell> cells = new ArrayList<>();
        for (StartUpCell.Part part : StartUpCell.Part.values()) {
            for (Agents agent : Agents.values()) {
                cells.add(new StartUpCell(agent, part));
            }
        }
        List<Agents> withAndWithout = List.of(Agents.NONE, Agents.HELIOGRAPH);
        for (Agents agent : withAndWithout) {
            cells.add(new BusyCell(agent));
        }
        for (Agents agent : List.of(Agents.NONE, Agents.EMPTY, Agents.HELIOGRAPH)) {
            cells.add(new MemoryCell(agent));
        }
        return cells;
    }
}
