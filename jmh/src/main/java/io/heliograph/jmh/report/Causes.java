package io.heliograph.jmh.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The profiled causes of missed bounds: {@code jmh/causes.md}.
 *
 * @param texts by {@link Bound#heading()}
 */
public record Causes(Map<String, String> texts) {
    private static final String MARK = "## ";

    /**
     * Reads the file.
     *
     * @throws IOException also if a heading names no bound: the report would never print its text
     */
    public static Causes read(Path file) throws IOException {
        Set<String> bounds = Bound.all().stream().map(Bound::heading).collect(Collectors.toSet());
        Map<String, String> texts = new HashMap<>();
        String heading = "";
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(MARK)) {
                heading = line.substring(MARK.length()).strip();
                if (!bounds.contains(heading)) {
                    throw new IOException(file + ": no bound has the heading \"" + line.strip()
                            + "\"; right is \"## bound: rule\", both as the report prints them");
                }
            } else if (!heading.isEmpty() && !line.isBlank()) {
                texts.merge(heading, line.strip(), (before, more) -> before + " " + more);
            }
        }
        return new Causes(Map.copyOf(texts));
    }

    String of(Bound bound) {
        return texts.getOrDefault(bound.heading(), "no cause is known yet");
    }
}
