package io.heliograph.jmh.run;

import io.heliograph.jmh.cell.Effort;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;

/**
 * The options of jmh/run.
 *
 * @param only the only question
 * @param out the folder of the report; by default a new one in jmh/results
 */
record Options(Effort effort, Optional<String> only, Optional<Path> out) {
    private static final String RIGHT =
            "right are --smoke, --full, --only QUESTION and --out DIR, and without an option about five minutes";

    /** An option is wrong. The message is one line, and says what is right. */
    static final class WrongUse extends Exception {
        private static final long serialVersionUID = 1;

        WrongUse(String message) {
            super(message);
        }
    }

    static Options of(String... arguments) throws WrongUse {
        Effort effort = Effort.NORMAL;
        Optional<String> only = Optional.empty();
        Optional<Path> out = Optional.empty();
        Iterator<String> rest = Arrays.asList(arguments).iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "--smoke" -> effort = Effort.SMOKE;
                case "--full" -> effort = Effort.FULL;
                case "--only" -> only = Optional.of(value(option, rest));
                case "--out" -> out = Optional.of(Path.of(value(option, rest)));
                default -> throw new WrongUse("there is no option " + option + ": " + RIGHT);
            }
        }
        return new Options(effort, only, out);
    }

    private static String value(String option, Iterator<String> rest) throws WrongUse {
        if (!rest.hasNext()) {
            throw new WrongUse(option + " lacks its value: " + RIGHT);
        }
        return rest.next();
    }
}
