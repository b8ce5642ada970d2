package io.heliograph.jmh.run;

import java.util.List;
import java.util.function.Consumer;

/** Where cells come from. */
public interface Questions {
    /**
     * The cells, those of one question one after the other.
     *
     * @param notes takes a line for each contender that cannot be had here, such as Python where there is none
     */
    List<Cell> cells(Workplace workplace, Consumer<String> notes);
}
