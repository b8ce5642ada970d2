package io.heliograph.jmh.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Why bounds are not met, as found by profiles: the paragraphs of {@code jmh/causes.md}, each under the heading of its
 * bound, {@code ## way: rule}.
 */
public final class Causes {
    private static final String HEADING = "## ";

    private final Map<String, String> texts;

    private Causes(Map<String, String> texts) {
        this.texts = Map.copyOf(texts);
    }

    /**
     * Reads them all. The lines under a heading are one text, up to the next heading.
     *
     * @throws IOException also where a heading is that of no bound: its text would be printed nowhere, and nobody would see
     */
    public static Causes read(Path file) throws IOException {
        Set<String> bounds = Bound.all().stream().map(Causes::heading).collect(Collectors.toSet());
        Map<String, String> texts = new HashMap<>();
        String heading = "";
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            if (line.startsWith(HEADING)) {
                heading = line.substring(HEADING.length()).strip();
                if (!bounds.contains(heading)) {
                    throw new IOException(file + ": no bound has the heading \"" + line.strip() + "\"; right is \""
                            + HEADING + "way: rule\", both as the report prints them");
                }
            } else if (!heading.isEmpty() && !line.isBlank()) {
                texts.merge(heading, line.strip(), (before, more) -> before + " " + more);
            }
        }
        return new Causes(texts);
    }

    String of(Bound bound) {
        return texts.getOrDefault(heading(bound), "no cause is known yet");
    }

    private static String heading(Bound bound) {
        return bound.way() + ": " + bound.rule();
    }
}
