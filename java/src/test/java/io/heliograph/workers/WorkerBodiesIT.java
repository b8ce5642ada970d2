package io.heliograph.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.workers.WorkerBodies;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the bodies of a group's threads see of a signal, and what becomes of their failures. */
class WorkerBodiesIT {
    @Test
    void whatWorkersFailWithComesBackOnceWithItsCause() {
        try (Child app = ChildJvm.jvm().start(WorkerBodies.class, "failures", "INTERRUPT")) {
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all())
                    .containsExactly(
                            "reader failed: java.io.IOException: no such page",
                            "and writer: java.lang.StackOverflowError: deep",
                            "fine Optional.empty false",
                            "told once",
                            "again failed: java.lang.IllegalStateException: told by close");
        }
    }

    @Test
    void failuresBesideASignalAreNotSwallowed() {
        try (Child app = SignalledGroup.start(WorkerBodies.class, "failure-and-signal", Interruption.INTERRUPT)) {
            SignalledGroup.send("INT", app);
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all())
                    .containsExactly(
                            "ready",
                            "KeyboardInterrupt",
                            "and early: java.lang.IllegalStateException: before",
                            "and late: java.lang.IllegalStateException: in the clean-up");
        }
    }

    @ParameterizedTest
    @EnumSource(Interruption.class)
    void aSectionIsNotBrokenOff(Interruption how) {
        try (Child app = SignalledGroup.start(WorkerBodies.class, "unbroken", how)) {
            SignalledGroup.send("TERM", app);
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all())
                    .containsExactly("ready", "section whole", "broken off after it", "ended by TerminateInterrupt 0");
        }
    }

    @Test
    void anInterruptBeforeASectionWaitsForItsEnd() {
        try (Child app = SignalledGroup.start(WorkerBodies.class, "marked", Interruption.INTERRUPT)) {
            SignalledGroup.send("TERM", app);
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all())
                    .containsExactly(
                            "ready", "section whole, interrupted after it: true", "ended by TerminateInterrupt 0");
        }
    }

    @Test
    void anInterruptOfTheCallersOwnEndsTheJoinAlone() {
        try (Child app = ChildJvm.jvm().start(WorkerBodies.class, "interrupted", "INTERRUPT")) {
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all()).containsExactly("interrupted Optional.empty false", "cleaned=1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT"})
    void aJoinWithATimeoutEndsOnTheSignal(String signal) {
        try (Child app = SignalledGroup.start(WorkerBodies.class, "limited", Interruption.INTERRUPT)) {
            SignalledGroup.send(signal, app);
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all())
                    .containsExactly(
                            "in time: false false",
                            "ready",
                            "KeyboardInterrupt selfish: java.lang.IllegalStateException: selfish can't join the group"
                                    + " that it works for: it would wait for itself");
        }
    }

    /** The greenlets of the essay: no checkpoint, no blocking call. */
    @ParameterizedTest
    @ValueSource(strings = {"platform", "virtual"})
    void theInterruptIsRaisedInsideABusyLoop(String kind) {
        if (kind.equals("virtual") && Runtime.version().feature() < 21) {
            SignalledGroup.assertRefused(WorkerBodies.class, "greenlets", "RAISE", kind);
            return;
        }
        try (Child app = SignalledGroup.start(WorkerBodies.class, "greenlets", Interruption.RAISE, kind)) {
            SignalledGroup.send("INT", app);
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all()).containsExactly("ready", "inside true alive 0 failures 0");
        }
    }
}
