package io.heliograph.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What jmh/causes.md has to look like. */
final class CausesTest {
    @TempDir
    private Path folder;

    private Causes read(String text) throws IOException {
        Path file = folder.resolve("causes.md");
        Files.writeString(file, text);
        return Causes.read(file);
    }

    @Test
    void allLinesUnderAHeadingAreItsText() throws IOException {
        List<Bound> bounds = Bound.all();
        Bound first = bounds.get(0);
        Bound second = bounds.get(1);
        Causes causes = read("# Title\n\nof nobody\n\n## " + first.way() + ": " + first.rule()
                + "\n\nA system call\nmore.\n\nAnd a thread.\n## " + second.way() + ": " + second.rule() + "\n\nNo.\n");
        assertThat(causes.of(first)).isEqualTo("A system call more. And a thread.");
        assertThat(causes.of(second)).isEqualTo("No.");
        assertThat(causes.of(bounds.get(2))).isEqualTo("no cause is known yet");
    }

    @Test
    void aHeadingOfNoBoundIsRefusedInOneLine() {
        assertThatThrownBy(() -> read("# Title\n\n## start-up: at most 2\n\nbecause\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("causes.md: no bound has the heading \"## start-up: at most 2\"")
                .message()
                .doesNotContain("\n");
    }

    /** No two bounds share a heading, or the text of one would be printed with the other. */
    @Test
    void eachBoundHasAHeadingOfItsOwn() {
        Set<String> headings = Bound.all().stream()
                .map(bound -> bound.way() + ": " + bound.rule())
                .collect(Collectors.toSet());
        assertThat(headings).hasSameSizeAs(Bound.all());
    }

    @Test
    void eachHeadingOfOurOwnFileIsThatOfABound() throws IOException {
        Path file = Path.of(System.getProperty("basedir", "."), "causes.md");
        assertThat(Files.readString(file)).startsWith("# Why a bound is not met");
        assertThat(Causes.read(file)).isNotNull();
    }
}
