package io.heliograph.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The form of jmh/causes.md. */
final class CausesTest {
    @TempDir
    private Path folder;

    private Causes read(String text) throws IOException {
        return Causes.read(Files.writeString(folder.resolve("causes.md"), text));
    }

    @Test
    void allLinesUnderAHeadingAreItsText() throws IOException {
        List<Bound> bounds = Bound.all();
        Causes causes = read("# Title\n\nof no bound\n\n## " + bounds.get(0).heading()
                + "\n\nA system call\nmore.\n\nAnd a thread.\n## "
                + bounds.get(1).heading() + "\n\nNo.\n");
        assertThat(causes.of(bounds.get(0))).isEqualTo("A system call more. And a thread.");
        assertThat(causes.of(bounds.get(1))).isEqualTo("No.");
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

    /** Otherwise the report would print the text of one bound with another. */
    @Test
    void eachBoundHasAHeadingOfItsOwn() {
        assertThat(Bound.all()).extracting(Bound::heading).doesNotHaveDuplicates();
    }

    @Test
    void eachHeadingOfOurOwnFileIsThatOfABound() throws IOException {
        Path file = Path.of(System.getProperty("basedir", "."), "causes.md");
        assertThat(Causes.read(file).texts()).isNotEmpty();
    }
}
