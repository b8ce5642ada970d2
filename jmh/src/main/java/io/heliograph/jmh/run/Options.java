package io.heliograph.jmh.run;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;

/**
 * What was asked for.
 *
 * @param only the one question to ask
 * @param out where the report goes, if not to a new folder under jmh/results
 */
record Options(Effort effort, Optional<String> only, Optional<Path> out) {
    private static final String RIGHT =
            "right are --smoke, --full, --only QUESTION and --out DIR, and without an option about ten minutes";

    /** @throws IllegalArgumentException with one line that says what would be right */
    static Options of(String... arguments) {
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
                default -> throw new IllegalArgumentException("there is no option " + option + ": " + RIGHT);
            }
        }
        return new Options(effort, only, out);
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " lacks its value: " + RIGHT);
        }
        return rest.next();
    }
}
