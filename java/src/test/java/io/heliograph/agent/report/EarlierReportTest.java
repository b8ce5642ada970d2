package io.heliograph.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a start reads in the file of the process before it. */
class EarlierReportTest {
    private static final String TAIL =
            "Written at 2026-11-29T10:46:51.349Z by process 5831, which began at 2026-11-29T10:46:49.938Z.\n";
    private static final String BEFORE =
            "the process before this one did not end in order (KILL, no memory left, a crash or a "
                    + "power failure): pid 5831, begun at 2026-11-29T10:46:49.938Z; at 2026-11-29T10:46:51.349Z ";

    @TempDir
    private Path folder;

    private EarlierReport read(String text) throws IOException {
        return EarlierReport.read(Files.writeString(folder.resolve("report"), text));
    }

    @Test
    void aProcessThatRanIsTold() throws IOException {
        assertThat(
                        read("Running since 2026-11-29T10:46:49.938Z. It had not ended.\nThe process at X:\n  heap: 1 MiB\n  threads: 2\n"
                                        + TAIL)
                                .line(false))
                .isEqualTo(BEFORE + "it ran; heap: 1 MiB; threads: 2");
        assertThat(read("Running since 2026-11-29T10:46:49.938Z. It had not ended.\n" + TAIL)
                        .line(false))
                .isEqualTo(BEFORE + "it ran");
        assertThat(
                        read("Running since 2026-11-29T10:46:49.938Z, though HUP arrived at 2026-11-29T10:46:50.000Z. It had not.\n"
                                        + TAIL)
                                .line(false))
                .isEqualTo(BEFORE + "it ran");
    }

    @Test
    void aProcessThatWasEndingIsTold() throws IOException {
        assertThat(read("Ending since 2026-11-29T10:46:49.938Z: TERM arrived. It had not ended.\n" + TAIL)
                        .line(false))
                .isEqualTo(BEFORE + "it was ending");
    }

    @Test
    void asJsonItIsTheSame() throws IOException {
        String json = """
                {"state":"ending",
                "summary":"Ending since 2026-11-29T10:46:49.938Z: TERM arrived.",
                "figures":"heap: 1 MiB; threads: 2",
                "pid":5831,"began":"2026-11-29T10:46:49.938Z","written":"2026-11-29T10:46:51.349Z"}
                """;
        assertThat(read(json).line(false)).isEqualTo(BEFORE + "it was ending; heap: 1 MiB; threads: 2");
        assertThat(read(json).isForeign()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ended in order at 2026-11-29T10:46:51.349Z with status 0.\n" + TAIL,
                "Cut off at 2026-11-29T10:46:51.349Z with status 143.\n" + TAIL,
                "Not watched any more since 2026-11-29T10:46:51.349Z: the agent was removed.\n" + TAIL,
                "{\"state\":\"ended\",\n\"summary\":\"Ended in order at \",\n\"pid\":1,\"began\":\"a\",\"written\":\"b\"}\n",
                "",
                "\n"
            })
    void anEndIsNotTold(String text) throws IOException {
        assertThat(read(text).line(false)).isNull();
        assertThat(read(text).isForeign()).isFalse();
    }

    @Test
    void oneThatLivesIsNotTakenForDead() throws IOException {
        assertThat(read("Running since 2026-11-29T10:46:49.938Z. It had not ended.\n" + TAIL)
                        .line(true))
                .isEqualTo("process 5831 lives and writes this file, too: put %p, the process id, into the name");
        assertThat(read("").line(true)).startsWith("another process lives ");
    }

    @Test
    void anotherTextIsForeign() throws IOException {
        assertThat(read("precious\n").isForeign()).isTrue();
        assertThat(read("{\"a\":1}").isForeign()).isTrue();
        assertThat(read("The log. Running since yesterday.").isForeign()).isTrue();
    }

    /** Whatever another user may have put into the file, the line is one harmless line. */
    @Test
    void theLineIsHarmless() throws IOException {
        String line = read("Running since 2026-11-29T10:46:49.938Z. \nThe process at X:\n  heap: \u001b[2J\n" + TAIL)
                .line(false);
        assertThat(line).endsWith("it ran; heap: \\x1b[2J").doesNotContain("\u001b", "\n");
    }
}
