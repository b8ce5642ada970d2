package io.heliograph.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.workers.Families;
import io.heliograph.programs.workers.ProcessCorners;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Processes that end, or fail to begin, in unusual ways. */
class ProcessCornersIT {
    @Test
    void manyProcessesCanBeOfOneBuilder() {
        assertThat(said("one-builder")).containsExactly("[true]");
    }

    @Test
    void whatDependsOnAnEndMayWaitForAnother() {
        assertThat(said("on-exit"))
                .containsExactly("Optional[Killed[signal=TERM, dumpedCore=false]] "
                        + "Optional[Killed[signal=TERM, dumpedCore=false]]");
    }

    @Test
    void aProcessThatNeverStartedIsNotReportedAsKilled() {
        assertThat(said("no-program"))
                .hasSize(2)
                .startsWith("Optional.empty")
                .last()
                .asString()
                .startsWith("java.io.IOException: Cannot run program \"/no/such/program\"");
    }

    @Test
    void aReaderThatExitsInOrderOnControlCIsTheLastOfItsPool() {
        try (Child terminal = ChildJvm.jvm()
                .startOnTerminal(ProcessCorners.class.getName(), "orderly", "" + Child.helper("say_signal"))) {
            terminal.out().await("ready");
            terminal.ctrlC();
            terminal.out().await("over");
            assertThat(terminal.ended()).isEqualTo("exited 0");
            assertThat(terminal.out().all())
                    .endsWith("io.heliograph.KeyboardInterrupt: INT 0")
                    .doesNotContain("started");
        }
    }

    /** A filter that denies rt_sigqueueinfo(2) as well leaves the signal alone: the order's flags are lost. */
    @ParameterizedTest
    @CsvSource({
        "EPERM,  pidfd_open",
        "EPERM,  pidfd_send_signal",
        "ENOSYS, pidfd_send_signal",
        "EACCES, pidfd_open pidfd_send_signal",
        "EPERM,  pidfd_send_signal rt_sigqueueinfo",
    })
    void aChildIsSignalledAndKilledWhereASeccompFilterDeniesPidfds(Errno error, String calls) {
        List<String> command = new ArrayList<>(List.of(Child.helper("deny_calls"), "" + error.number));
        command.addAll(List.of(calls.split(" ")));
        command.add("--");
        try (Child app =
                ChildJvm.jvm().after(command.toArray(String[]::new)).startReady(Families.class, "deaf", "PT1H")) {
            Child.run("kill", "-s", "TERM", "" + app.pid());
            app.out().await("^asked$");
            Child.run("kill", "-s", "INT", "" + app.pid());
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.out().all()).contains("Optional[Killed[signal=KILL, dumpedCore=false]] abandoned []");
        }
    }

    /** As errno(3) numbers them. */
    private enum Errno {
        EPERM(1),
        EACCES(13),
        ENOSYS(38);

        private final int number;

        Errno(int number) {
            this.number = number;
        }
    }

    @Test
    void aWorkerCannotJoinItself() {
        assertThat(said("joins-itself"))
                .containsExactlyInAnyOrder(
                        "self can't join itself: it would wait for ever",
                        "one of it can't join the pool that it works for: it would wait for itself");
    }

    private static List<String> said(String situation) {
        try (Child app = ChildJvm.jvm().start(ProcessCorners.class, situation)) {
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.err().all()).isEmpty();
            return app.out().all();
        }
    }
}
