package io.heliograph.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.ChildJvm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentFileTest {
    /** The launcher itself reads it. */
    @Test
    void theLauncherReadsEachCharacter() throws Exception {
        List<String> odd = List.of(
                "two words",
                "\"quoted\" and 'quoted'",
                "back\\slash\\",
                "line\nfeed\rreturn",
                "#no comment",
                "tab\there\fand there",
                "@no-file",
                "Zürich",
                "");
        List<String> options = new ArrayList<>();
        for (int i = 0; i < odd.size(); i++) {
            options.add("-Dodd." + i + "=" + odd.get(i));
        }
        Process java = new ProcessBuilder(
                        ChildJvm.tool("java"),
                        ArgumentFile.argument(options),
                        "-cp",
                        System.getProperty("heliograph.testclasses"),
                        "io.heliograph.programs.signals.OddProperties",
                        "" + odd.size())
                .redirectErrorStream(true)
                .start();
        String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(said.split("\0", -1)).startsWith(odd.toArray(String[]::new));
        assertThat(java.waitFor()).isZero();
    }

    @Test
    void oneListHasOneFile() {
        String first = ArgumentFile.argument(List.of("-cp", "a"));
        assertThat(ArgumentFile.argument(List.of("-cp", "a"))).isEqualTo(first).matches("@/proc/[0-9]+/fd/[0-9]+");
        assertThat(ArgumentFile.argument(List.of("-cp", "b"))).isNotEqualTo(first);
    }

    @Test
    void shortOptionsNeedNone() {
        assertThat(ArgumentFile.isNeeded(List.of("-cp", "x".repeat(1000)))).isFalse();
        assertThat(ArgumentFile.isNeeded(List.of("-cp", "x".repeat(ArgumentFile.LONG))))
                .isTrue();
        assertThat(ArgumentFile.isNeeded(List.of("-cp", "ü".repeat(ArgumentFile.LONG / 2))))
                .isTrue();
    }
}
