package io.heliograph.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.Child;
import io.heliograph.testing.ProcStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The first essay's handlers: one's own, the two ready-made ones, and the signals that have none. */
class HandlersIT {
    @Test
    void theHandlerIsToldWhereMainWasAndTheLoopGoesOnUntilTheSecondStop() {
        try (Child loop = Example.start(SignalHandlerLoop.class)) {
            loop.out().await("^Waiting...try kill using signal 2\\(SIGINT\\)$");
            Child.run("kill", "-s", "INT", String.valueOf(loop.pid()));
            loop.out().await("^Received: 2$");
            String line = loop.out()
                    .await("^  File SignalHandlerLoop.java, line (\\d+), in main$")
                    .group(1);
            assertThat(Integer.parseInt(line))
                    .isIn(
                            Example.line(SignalHandlerLoop.class, "sleep("),
                            Example.line(SignalHandlerLoop.class, "Waiting"));
            loop.ctrlC();
            loop.out().await("^Received: 2$", 2);
            loop.out().await("^Waiting", waiting(loop) + 1);
            Child.run("kill", "-s", "KILL", String.valueOf(loop.pid()));
            assertThat(loop.ended()).isEqualTo("signaled 9");
            assertThat(loop.left()).isEmpty();
            assertThat(loop.err().all()).isEmpty();
        }
    }

    private static int waiting(Child loop) {
        return (int) loop.out().soFar().stream()
                .filter(line -> line.startsWith("Waiting"))
                .count();
    }

    @Test
    void intIsIgnoredAndThenEndsTheProcessByTheSignalWhichItsParentSees() {
        try (Child handlers = Example.start(ReadyMadeHandlers.class)) {
            handlers.out().await("^INT is ignored");
            assertThat(ProcStatus.ignores(handlers.pid(), 2)).isTrue();
            handlers.ctrlC().type("\n");
            handlers.out().await("^INT has its default action");
            handlers.ctrlC();
            assertThat(handlers.ended()).isEqualTo("signaled 2");
            assertThat(handlers.out().all())
                    .containsExactly(
                            "INT is ignored. Press Ctrl-C, then Enter.", "INT has its default action. Press Ctrl-C.");
            assertThat(handlers.left()).isEmpty();
        }
    }

    @Test
    void killAndStopAreRefusedWithTheReasonAndTheProgramGoesOn() {
        try (Child uncatchable = Example.start(Uncatchable.class)) {
            assertThat(uncatchable.ended()).isEqualTo("exited 0");
            assertThat(uncatchable.out().all())
                    .isEqualTo(List.of(
                            "KILL can't be caught, observed or ignored: POSIX leaves it to the kernel alone; "
                                    + "TERM is the signal that asks a process to end",
                            "STOP can't be caught, observed or ignored: POSIX leaves it to the kernel alone; "
                                    + "TSTP is the signal that asks a process to stop",
                            "The program goes on"));
            assertThat(uncatchable.err().all()).isEmpty();
            assertThat(uncatchable.left()).isEmpty();
        }
    }
}
