package io.heliograph.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.workers.ProcessCorners;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import java.util.List;
import org.junit.jupiter.api.Test;

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
