package io.heliograph.examples;

import io.heliograph.testing.Child;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** An example as a reader starts it, on a terminal of its own. */
final class Example {
    private static final Path EXAMPLES = Path.of(System.getProperty("heliograph.examples"));

    private Example() {}

    /** By the documented command, on the JDK that runs the test. */
    static Child start(Class<?> example, String... arguments) {
        List<String> command = new ArrayList<>(List.of(EXAMPLES.resolve("run").toString(), example.getSimpleName()));
        command.addAll(List.of(arguments));
        return Child.startOnTerminal(command, Map.of("JAVA_HOME", System.getProperty("java.home")));
    }

    /** Where their classes are. */
    static String classes() {
        return EXAMPLES.resolve("target/classes").toString();
    }

    /** The number of the one line of its source that has this text. */
    static int line(Class<?> example, String text) {
        Path source =
                EXAMPLES.resolve("src/main/java/io/heliograph/examples").resolve(example.getSimpleName() + ".java");
        try {
            List<String> lines = Files.readAllLines(source);
            List<Integer> found = IntStream.range(0, lines.size())
                    .filter(i -> lines.get(i).contains(text))
                    .mapToObj(i -> i + 1)
                    .toList();
            if (found.size() != 1) {
                throw new AssertionError(source + " has the text in lines " + found + ": " + text);
            }
            return found.get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
