package io.heliograph.jmh.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.jmh.cell.Effort;
import io.heliograph.jmh.cell.Program;
import io.heliograph.jmh.cell.Workplace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No figure is of an app with another agent. */
class AppsTest {
    @TempDir
    Path folder;

    private Workplace workplace;

    @BeforeEach
    void makeWorkplace() {
        workplace = new Workplace(folder, folder, folder, Effort.SMOKE);
    }

    @Test
    void anAppWithoutOurAgentPrintsThat() throws IOException, InterruptedException {
        String output = Program.run(Agents.NONE.command(workplace, FirstLine.class));

        assertThat(output).isEqualTo("ready\nwithout heliograph");
        assertThat(Agents.NONE.verify(output)).endsWith("without our dispatcher");
        assertThatThrownBy(() -> Agents.HELIOGRAPH.verify(output)).hasMessageStartingWith("heliograph-agent: ");
    }

    /** As the class of any agent: from a jar that the JVM has to open for it. */
    @Test
    void theEmptyAgentComesFromItsOwnJar() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(Agents.EMPTY.command(workplace, FirstLine.class));
        command.add(1, "-Xlog:class+load:stdout");

        String output = Program.run(command);

        assertThat(output).contains("\nwithout heliograph");
        assertThat(output.lines())
                .filteredOn(line -> line.contains(" EmptyAgent source: "))
                .singleElement()
                .asString()
                .endsWith("/empty-agent.jar");
    }

    @Test
    void theBusyAppLosesNoStep() throws IOException, InterruptedException {
        String output = Program.run(Agents.NONE.command(workplace, BusyApp.class, "1", "2"));

        assertThat(output).matches("rate \\d+\nrate \\d+\nwithout heliograph");
    }

    @Test
    void theResidentMemoryIsRead() {
        String rollup = "55d0-7ffd ---p 00000000 00:00 0 [rollup]\nRss:               43295 kB\nPss:  24983 kB\n";

        assertThat(Apps.residentKib(rollup)).isEqualTo(43295);
        assertThatThrownBy(() -> Apps.residentKib("Pss: 1 kB\n")).hasMessageContaining("has no Rss");
    }
}
