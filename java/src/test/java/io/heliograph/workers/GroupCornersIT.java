package io.heliograph.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.Corners;
import io.heliograph.programs.Workers;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups where two things meet: another group, a raise, a terminal, a script. */
class GroupCornersIT {
    @Test
    void oneArrivalIsOneRequestForAGroupInAGroup() {
        try (Child app = ChildJvm.jvm().startReady(Corners.class, "one-arrival")) {
            send("TERM", app);
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.err().all()).isEmpty();
            assertThat(app.out().all()).containsExactly("ready", "cleaned up", "inner over", "outer over");
        }
    }

    /** The essay's deaf join, with another's exception: the worker goes on, for the group has another signal. */
    @ParameterizedTest
    @ValueSource(strings = {"unlimited", "limited"})
    void whatIsRaisedInAJoiningThreadEndsTheJoin(String join) {
        try (Child app = ChildJvm.jvm().startReady(Corners.class, "raise-in-join", join)) {
            send("INT", app);
            app.out().await("^raised io.heliograph.KeyboardInterrupt: INT false Optional.empty$");
            app.tell("end");
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all()).endsWith("worker over", "joined");
        }
    }

    @Test
    void aPoolsPlacesEndWhenNothingWaits() {
        try (Child app = ChildJvm.jvm().start(Corners.class, "pools")) {
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all()).containsExactly("places gone: true");
        }
    }

    /** The kernel tells this process alone that it has used up its processor time, prlimit(1). */
    @Test
    void whatTheKernelSendsToThisProcessAloneIsPassedOn() {
        try (Child app = ChildJvm.jvm().startReady(Corners.class, "limit")) {
            Child.run("prlimit", "--pid", "" + app.pid(), "--cpu=1:");
            app.out().await("^FromKernel io.heliograph.SignalInterrupt: XCPU false$");
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.err().all()).isEmpty();
        }
    }

    @Test
    void bindingsThatFailLeaveNothingBound() {
        try (Child app = ChildJvm.jvm().start(Corners.class, "bindings")) {
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all()).containsExactly("left 0");
        }
    }

    @Test
    void aChildThatDiedOfTheSameControlCHasNotFailedHoweverLateOurOwnIsHeard() {
        try (Child terminal = ChildJvm.jvm().startOnTerminal(Corners.class.getName(), "held")) {
            terminal.out().await("ready");
            String pid = terminal.out().await("pid=([0-9]+)").group(1);
            Child.run("sh", "-c", "kill -s USR1 \"$1\"", "sh", pid);
            terminal.out().await("held");
            terminal.ctrlC();
            terminal.out().await("io.heliograph.KeyboardInterrupt: INT 0");
            assertThat(terminal.ended()).isEqualTo("exited 0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"join", "close"})
    void aChildThatWasSentAControlCAloneHasFailed(String by) {
        try (Child app = ChildJvm.jvm().start(Corners.class, "alone", by)) {
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all()).containsExactly("sleep: was ended by INT");
        }
    }

    @Test
    void aChildJvmHasThisOnesProperties() {
        try (Child app = ChildJvm.jvm().start(Corners.class, "properties")) {
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all()).containsExactly("handed on null", "its own null");
        }
    }

    /** Whether it comes between two such groups or to one that is half open, the process ends by it. */
    @Test
    void aGroupThatCannotBeOpenedSwallowsNothing() {
        for (int round = 0; round < 5; round++) {
            try (Child app = ChildJvm.jvm().startReady(Corners.class, "cannot-open")) {
                send("TERM", app);
                assertThat(app.ended()).isEqualTo("exited 143");
            }
        }
    }

    /** {@code command &} in a script: the shell has it ignore INT, and so does the JVM itself. */
    @Test
    void whatTheProcessWasStartedToIgnoreStaysIgnored() {
        try (Child app = ChildJvm.jvm().after("env", "--ignore-signal=INT").startReady(Corners.class, "waits")) {
            send("INT", app);
            send("TERM", app);
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.out().all())
                    .containsExactly("INT IGNORED", "ready", "io.heliograph.TerminateInterrupt: TERM");
        }
    }

    @Test
    void whatIsIgnoredIsTakenWhereTheAppNamesIt() {
        try (Child app = ChildJvm.jvm().after("env", "--ignore-signal=INT").startReady(Corners.class, "waits", "INT")) {
            send("INT", app);
            assertThat(app.ended()).isEqualTo("exited 130");
            assertThat(app.out().all()).containsExactly("INT CAUGHT", "ready", "io.heliograph.KeyboardInterrupt: INT");
        }
    }

    /** With -Xrs the JVM has no handlers of its own for INT and TERM. */
    @ParameterizedTest
    @CsvSource({"INT, 130, 2", "TERM, 143, 15"})
    void aGroupHasItsSignalsWithoutTheJvmsToo(String signal, int status, int number) {
        try (Child app = ChildJvm.jvm().option("-Xrs").startReady(Corners.class, "waits")) {
            send(signal, app);
            assertThat(app.ended()).isEqualTo("exited " + status);
        }
        try (Child app = ChildJvm.jvm().option("-Xrs").startReady(Workers.class, "lingers", "INTERRUPT")) {
            send(signal, app);
            app.out().await("^lingers$");
            send(signal, app);
            assertThat(app.ended()).isEqualTo("signaled " + number);
        }
    }

    /** Each group above tells its whole tree; the shell stands for a supervisor of such a group here. */
    @Test
    void whatASupervisorAboveSendsAgainIsNoSecondRequest() {
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                "HELIOGRAPH_SUPERVISORS=$(stat -L -c %i /proc/self/ns/pid):$$ \"$@\" & while read -r signal; do kill -s \"$signal\" $!;"
                        + " echo sent; done",
                "sh"));
        command.addAll(ChildJvm.jvm().command(Corners.class.getName(), "deaf"));
        try (Child shell = Child.start(command, Map.of())) {
            String pid = shell.out().await("pid=([0-9]+)").group(1);
            shell.tell("TERM");
            shell.out().await("^asked$");
            shell.tell("HUP"); // which the kernel delivers before a TERM
            shell.out().await("^sent$", 2);
            Child.run("sh", "-c", "kill -s TERM \"$1\"", "sh", pid);
            shell.out().await("^io.heliograph.TerminateInterrupt: TERM$");
            assertThat(shell.err().await("group forced.*").group()).endsWith("before a second signal, TERM, came");
        }
    }

    @Test
    void whatAnotherWorkerHasHadIsNotSentAgain() {
        try (Child app = ChildJvm.jvm().start(Corners.class, "shared")) {
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all()).containsExactly("true 2");
        }
    }

    private static void send(String signal, Child app) {
        Child.run("sh", "-c", "kill -s \"$1\" \"$2\"", "sh", signal, "" + app.pid());
    }
}
