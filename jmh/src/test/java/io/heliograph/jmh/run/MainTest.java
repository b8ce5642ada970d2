package io.heliograph.jmh.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The status of a command that measures nothing. */
final class MainTest {
    @TempDir
    private Path home;

    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    private int run(String folder, String... arguments) throws InterruptedException {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        return Main.run(folder, nowhere, new PrintStream(errors, true, StandardCharsets.UTF_8), arguments);
    }

    @Test
    void aWrongOptionIsWrongUse() throws Exception {
        assertThat(run(home.toString(), "--fast")).isEqualTo(64);
        assertThat(errors.toString(StandardCharsets.UTF_8)).startsWith("jmh/run: there is no option --fast");
    }

    @Test
    void anUnknownQuestionIsWrongUse() throws Exception {
        writeCauses("# none\n");
        String out = home.resolve("out").toString();
        assertThat(run(home.toString(), "--only", "tea", "--out", out)).isEqualTo(64);
        assertThat(errors.toString(StandardCharsets.UTF_8)).startsWith("jmh/run: there is no question tea: there are");
    }

    @Test
    void aCauseOfNoBoundFailsBeforeAnythingIsMeasured() throws Exception {
        writeCauses("## a way: of no bound\n");
        Path out = home.resolve("out");
        assertThat(run(home.toString(), "--smoke", "--out", out.toString())).isEqualTo(1);
        assertThat(errors.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith("jmh/run: failed: ")
                .contains("no bound has the heading \"## a way: of no bound\"");
        assertThat(out).doesNotExist();
    }

    private void writeCauses(String text) throws Exception {
        Files.createDirectories(home.resolve("jmh"));
        Files.writeString(home.resolve("jmh/causes.md"), text);
    }
}
