package io.heliograph.jmh.app;

import io.heliograph.jmh.cell.Cell;
import java.util.ArrayList;
import java.util.List;

/** The questions of an app with and without the agent. */
public final class Apps {
    private Apps() {}

    public static List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (Agents agent : Agents.values()) {
            cells.add(new StartUpCell(agent));
        }
        for (Agents agent : List.of(Agents.NONE, Agents.HELIOGRAPH)) {
            cells.add(new BusyCell(agent));
        }
        for (Agents agent : List.of(Agents.NONE, Agents.EMPTY, Agents.HELIOGRAPH)) {
            cells.add(new MemoryCell(agent));
        }
        return cells;
    }

    /** The questions of an app that receives 100,000 signals a second, from one process and from fifty. */
    public static List<Cell> floods() {
        return List.of(Flood.cell(1), Flood.cell(50));
    }
}
