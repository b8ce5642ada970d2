package io.heliograph.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.workers.Lineage;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of the descendants of a group's processes. */
class LineageIT {
    /** Not a time that anything is expected to take: where a test would otherwise hang forever, it fails. */
    private static final long MOST_SECONDS = 60;

    private static final int JVMS = 3;
    private static final int GRANDCHILDREN = 6;

    @Test
    void noProcessOutlivesAParentThatIsKilled() throws Exception {
        try (Child app = ChildJvm.jvm().start(Lineage.class, "top")) {
            app.out().await("^ready$");
            app.out().await("^here ", JVMS + GRANDCHILDREN);
            List<ProcessHandle> all =
                    ProcessHandle.of(app.pid()).orElseThrow().descendants().toList();
            List<Long> known = app.out().soFar().stream()
                    .filter(line -> line.startsWith("here "))
                    .map(line -> Long.valueOf(line.replaceAll(".* ", "")))
                    .toList();
            assertThat(all)
                    .extracting(ProcessHandle::pid)
                    .as("with the supervisors")
                    .hasSize(2 * JVMS + GRANDCHILDREN)
                    .containsAll(known);
            Child.run("kill", "-KILL", "" + app.pid());
            assertThat(app.ended()).isEqualTo("signaled 9");
            for (ProcessHandle process : all) {
                process.onExit().get(MOST_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"destroy,TERM,143", "destroy-forcibly,KILL,137"})
    void destroyingAProcessDestroysItsDescendants(String how, String signal, int status) {
        try (Child app = ChildJvm.jvm().start(Lineage.class, how)) {
            assertThat(app.out().all())
                    .containsExactly(
                            "true true true true",
                            "Optional[Killed[signal=" + signal + ", dumpedCore=false]] " + status + " " + status
                                    + " false true grandchild false");
            assertThat(app.err().all()).isEmpty();
            assertThat(app.ended()).isEqualTo("exited 0");
        }
    }

    @Test
    void aStoppedProcessEndsWhenTheGroupIsClosed() {
        try (Child app = ChildJvm.jvm().start(Lineage.class, "stopped")) {
            assertThat(app.out().all())
                    .containsExactly(
                            "Optional[Stopped[signal=STOP]]", "Optional[Killed[signal=TERM, dumpedCore=false]]");
            assertThat(app.err().all()).isEmpty();
            assertThat(app.ended()).isEqualTo("exited 0");
        }
    }

    @Test
    void aProcessThatIsBeingStartedReceivesTheControlC() {
        String java = String.join(" ", ChildJvm.jvm().command(Lineage.class.getName(), "late"));
        try (Child terminal =
                Child.start(List.of("script", "-qefc", "exec " + java, "/dev/null"), Map.of("SHELL", "/bin/sh"))) {
            terminal.out().await("starting");
            terminal.type("\u0003");
            terminal.out().await("ended by FromKernel 0 Optional\\[Killed\\[signal=INT, dumpedCore=false]]");
            assertThat(terminal.ended()).isEqualTo("exited 0");
        }
    }

    @Test
    void aFailingHandlerOfFailuresHindersNoProcess() {
        try (Child app = ChildJvm.jvm().start(Lineage.class, "failing-handler")) {
            String ended = "Optional[Killed[signal=TERM, dumpedCore=false]]";
            assertThat(app.out().all()).contains("handler: the listener").endsWith(ended + " " + ended);
            assertThat(app.ended()).isEqualTo("exited 0");
        }
    }

    @Test
    void listenersReceiveEachChange() {
        try (Child app = ChildJvm.jvm().start(Lineage.class, "changes")) {
            assertThat(app.out().all())
                    .containsExactly("[Stopped[signal=STOP], Continued[], Killed[signal=TERM, dumpedCore=false]]");
            assertThat(app.err().all())
                    .filteredOn(line -> line.contains("IllegalStateException: not this one"))
                    .hasSize(3);
            assertThat(app.ended()).isEqualTo("exited 0");
        }
    }
}
