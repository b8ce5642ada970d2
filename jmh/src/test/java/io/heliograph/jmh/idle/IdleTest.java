package io.heliograph.jmh.idle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.jmh.outside.Program;
import io.heliograph.jmh.run.Effort;
import io.heliograph.jmh.run.Workplace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No figure is of an app that was started with something else. */
class IdleTest {
    @TempDir
    Path folder;

    @Test
    void anAppWithoutOurAgentSaysSo() throws IOException, InterruptedException {
        Workplace workplace = new Workplace(folder, folder, Effort.SMOKE);
        List<String> command = Agents.NONE.command(workplace, folder, FirstLine.class);

        String said = Program.run(command);

        assertThat(said).isEqualTo("ready\nwithout heliograph");
        assertThatCode(() -> Agents.NONE.verify(said)).doesNotThrowAnyException();
        assertThatThrownBy(() -> Agents.HELIOGRAPH.verify(said)).hasMessageStartingWith("heliograph-agent: ");
    }

    @Test
    void theEmptyAgentIsOneThatAJvmTakes() throws IOException, InterruptedException {
        Workplace workplace = new Workplace(folder, folder, Effort.SMOKE);
        List<String> command = Agents.EMPTY.command(workplace, folder, FirstLine.class);

        assertThat(command).contains("-javaagent:" + folder.resolve("empty-agent.jar"));
        assertThat(Program.run(command)).isEqualTo("ready\nwithout heliograph");
    }

    /** As an agent's is: from a jar that has to be opened for it. */
    @Test
    void theEmptyAgentComesFromItsOwnJar() throws IOException, InterruptedException {
        Workplace workplace = new Workplace(folder, folder, Effort.SMOKE);
        List<String> command = new ArrayList<>(Agents.EMPTY.command(workplace, folder, FirstLine.class));
        command.add(1, "-Xlog:class+load:stdout");

        assertThat(Program.run(command).lines())
                .filteredOn(line -> line.contains(" " + EmptyAgent.CLASS + " source: "))
                .singleElement()
                .asString()
                .endsWith("/empty-agent.jar");
    }

    @Test
    void theBusyAppLosesNoStep() throws IOException, InterruptedException {
        Workplace workplace = new Workplace(folder, folder, Effort.SMOKE);

        String said = Program.run(Agents.NONE.command(workplace, folder, BusyApp.class, "1", "2"));

        assertThat(said.lines().filter(line -> line.matches("rate \\d+"))).hasSize(2);
        assertThat(said).containsPattern("steps [1-9]\\d*").endsWith("without heliograph");
    }

    @Test
    void aRowOfTheKernelsTable() {
        String rollup = "55d0-7ffd ---p 00000000 00:00 0 [rollup]\nRss:               43295 kB\nPss:  24983 kB\n";

        assertThat(MemoryCell.kib(rollup, "Rss:")).isEqualTo(43295);
        assertThat(MemoryCell.kib(rollup, "Pss:")).isEqualTo(24983);
        assertThatThrownBy(() -> MemoryCell.kib(rollup, "Swap:")).hasMessageContaining("no row Swap:");
    }
}
