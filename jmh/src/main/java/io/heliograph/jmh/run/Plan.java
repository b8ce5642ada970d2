package io.heliograph.jmh.run;

import io.heliograph.jmh.idle.Idle;
import io.heliograph.jmh.outside.Outside;
import io.heliograph.jmh.outside.Senders;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** All that a run measures. */
final class Plan {
    /** In the order of the report. A part of the module adds its own here. */
    private static final List<Questions> QUESTIONS = List.of(new InProcess(), new Outside(), new Senders(), new Idle());

    private Plan() {}

    static List<Cell> cells(Workplace workplace, Consumer<String> notes) {
        List<Cell> cells = new ArrayList<>();
        for (Questions questions : QUESTIONS) {
            cells.addAll(questions.cells(workplace, notes));
        }
        return cells;
    }
}
