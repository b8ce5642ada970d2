package io.heliograph.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.workers.Families;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Facts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Groups of processes: asked once, whoever told them; forced; and what became of them. */
class ProcessWorkersIT {
    private static final String CONTROL_C = "\u0003";
    private static final String HELPER = Child.helper("say_signal");

    @Test
    void aHundredProcessesEndOnOneSignal() {
        try (Child app = ChildJvm.jvm().startReady(Families.class, "many", "100")) {
            send("TERM", app);
            app.out().await("^ended by TerminateInterrupt 0$");
            app.out().await("^\\[Optional\\[Killed\\[signal=TERM, dumpedCore=false]]] alive 0$");
            Facts facts = Facts.of(app.out().await("count=.*"));
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.err().all()).isEmpty();
            System.out.println("child processes: " + facts);
        }
    }

    @Test
    void aSignalGoesDownTheTree() {
        try (Child app = ChildJvm.jvm().start(Families.class, "tree", "2", HELPER)) {
            awaitTree(app);
            send("INT", app);
            assertThat(app.ended()).isEqualTo("exited 0");
            assertEachGotItOnce(app.out().all(), "Sent");
        }
    }

    /** The terminal signals the first JVM, and the plain process beside it, whose input is the terminal. */
    @Test
    void theTerminalsControlCGoesDownTheTree() {
        try (Child terminal = inTerminal("tree", "2", HELPER)) {
            awaitTree(terminal);
            terminal.type(CONTROL_C);
            assertThat(terminal.ended()).isEqualTo("exited 0");
            assertEachGotItOnce(terminal.out().all(), "FromKernel");
        }
    }

    private static void awaitTree(Child app) {
        app.out().await("level 2 ready");
        app.out().await("level 1 ready");
        app.out().await("level 0 ready");
        app.out().await("plain 2 up");
        app.out().await("plain 1 up");
    }

    private static void assertEachGotItOnce(List<String> lines, String howTheFirst) {
        for (int level = 0; level <= 2; level++) {
            String how = level == 2 ? howTheFirst : "Sent";
            assertOnce(lines, ".*level " + level + " KeyboardInterrupt " + how + " failures 0 arrived 1 below .*");
        }
        assertOnce(lines, ".*plain 2 got it");
        assertOnce(lines, ".*plain 1 got it");
    }

    private static void assertOnce(List<String> lines, String regex) {
        assertThat(lines.stream().map(String::strip).filter(line -> line.matches(regex)))
                .as("%s in %s", regex, lines)
                .hasSize(1);
    }

    @Test
    void childrenThatDieFromTheTerminalsControlCHaveNotFailed() {
        try (Child terminal = inTerminal("many", "10")) {
            terminal.out().await("ready");
            terminal.type(CONTROL_C);
            terminal.out().await("ended by KeyboardInterrupt 0");
            terminal.out().await("\\[Optional\\[Killed\\[signal=INT, dumpedCore=false]]] alive 0");
            assertThat(terminal.ended()).isEqualTo("exited 130");
        }
    }

    @Test
    void aProcessThatIgnoresSignalsIsKilledAfterTheGracePeriod() {
        try (Child app = ChildJvm.jvm().startReady(Families.class, "deaf", "PT0.3S")) {
            long pid = Facts.of(app.out().await("pid=.*")).get("pid");
            send("TERM", app);
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.err().all())
                    .containsExactly(
                            "heliograph: group forced: process " + pid + " \"deaf\" did not end within 300 ms");
            assertThat(app.out().all())
                    .contains(
                            "ended by TerminateInterrupt 0",
                            "Optional[Killed[signal=KILL, dumpedCore=false]] abandoned []");
        }
    }

    @Test
    void aSecondSignalKills() {
        try (Child app = ChildJvm.jvm().startReady(Families.class, "deaf", "PT1H")) {
            send("TERM", app);
            app.out().await("^asked$");
            send("INT", app);
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.err().all())
                    .singleElement()
                    .asString()
                    .endsWith(" \"deaf\" did not end before a second request, INT, came");
        }
    }

    @Test
    void whatProcessesFailWithComesBack() {
        try (Child app = ChildJvm.jvm().start(Families.class, "failures")) {
            assertThat(app.ended()).isEqualTo("exited 0");
            List<String> lines = app.out().all();
            assertThat(lines.get(0)).contains("refused: Cannot run program \"/no/such/program\"", "No such file");
            assertThat(lines.subList(1, 4))
                    .containsExactly(
                            "ended by us: Optional[Killed[signal=TERM, dumpedCore=false]] Optional.empty",
                            "three: exited with status 3",
                            "and usr1: was ended by USR1");
            assertThat(lines.get(4)).contains("and later: ", "Cannot run program \"/no/such/program\"");
            assertThat(lines).hasSize(5);
        }
    }

    @Test
    void aChildThatIsTerminatedCleansUp() {
        try (Child app = ChildJvm.jvm().start(Families.class, "terminate")) {
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all())
                    .containsExactly("child: up", "child: Exit the process.", "Optional[Exited[status=0]]");
            assertThat(app.err().all()).isEmpty();
        }
    }

    @Test
    void aBindingIsHandedToTheChildrenThatAreStartedWithIt() {
        try (Child app = ChildJvm.jvm().start(Families.class, "bindings")) {
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all())
                    .containsExactly(
                            "greeted by USR1",
                            "without: Optional[Killed[signal=USR1, dumpedCore=false]]",
                            "with: up",
                            "with: greeted by USR1",
                            "with: Optional[Exited[status=0]]",
                            "no child could make a worker of io.heliograph.programs.workers.Families$$Lambda: give a class with"
                                    + " a name, not an inner one, with a constructor without parameters");
        }
    }

    @ParameterizedTest
    @CsvSource({"terminal", "process"})
    void aPoolOfProcessesEndsOnOnePress(String from) {
        try (Child app = from.equals("terminal")
                ? inTerminal("pool", HELPER)
                : ChildJvm.jvm().start(Families.class, "pool", HELPER)) {
            app.out().await("begun", 3);
            if (from.equals("terminal")) {
                app.type(CONTROL_C);
            } else {
                send("INT", app);
            }
            assertThat(app.ended()).isEqualTo("exited 0");
            List<String> lines = app.out().all().stream()
                    .map(line -> line.strip().replaceFirst("^\\^C", ""))
                    .toList();
            assertThat(lines).filteredOn("begun"::equals).hasSize(3);
            assertThat(lines).filteredOn("[-] handler exit"::equals).hasSize(3);
            assertThat(lines).endsWith("[-] main exit 0");
        }
    }

    @Test
    void closingEndsAProcessWithItsDescendants() {
        try (Child app = ChildJvm.jvm().start(Families.class, "close")) {
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all())
                    .containsExactly("Optional[Killed[signal=TERM, dumpedCore=false]] false [false, false]");
        }
    }

    private static Child inTerminal(String... arguments) {
        String java = String.join(" ", ChildJvm.jvm().command(Families.class.getName(), arguments));
        return Child.start(List.of("script", "-qefc", "exec " + java, "/dev/null"), Map.of("SHELL", "/bin/sh"));
    }

    private static void send(String signal, Child app) {
        Child.run("sh", "-c", "kill -s \"$1\" \"$2\"", "sh", signal, "" + app.pid());
    }
}
