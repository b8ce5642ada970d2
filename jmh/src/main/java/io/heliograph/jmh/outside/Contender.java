package io.heliograph.jmh.outside;

import java.nio.file.Path;
import java.util.List;

/**
 * Who is signalled from outside.
 *
 * @param name as in the report
 * @param signal which it is sent: USR1, or USR2; or "none"
 * @param note what is said of it beside the figures; empty for some
 * @param counts whether its ledger is to agree
 */
record Contender(String name, String signal, String note, boolean counts, Command command) {
    /** How it is started. */
    @FunctionalInterface
    interface Command {
        /** The command, with the file that it is to map. */
        List<String> of(Path file);
    }
}
