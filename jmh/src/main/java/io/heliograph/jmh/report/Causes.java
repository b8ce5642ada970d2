package io.heliograph.jmh.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Why bounds are not met, as found by profiles: the paragraphs of {@code jmh/causes.md}, each under the heading of its
 * bound, {@code ## way: rule}.
 */
public final class Causes {
    private static final String HEADING = "## ";

    private final Map<String, String> texts;

    Causes(Map<String, String> texts) {
        this.texts = Map.copyOf(texts);
    }

    static Causes read(Path file) throws IOException {
        Map<String, String> texts = new HashMap<>();
        String heading = "";
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            if (line.startsWith(HEADING)) {
                heading = line.substring(HEADING.length()).strip();
            } else if (!heading.isEmpty() && !line.isBlank()) {
                texts.merge(heading, line.strip(), (before, more) -> before + " " + more);
            }
        }
        return new Causes(texts);
    }

    String of(Bound bound) {
        return texts.getOrDefault(bound.way() + ": " + bound.rule(), "no cause is known yet");
    }
}
