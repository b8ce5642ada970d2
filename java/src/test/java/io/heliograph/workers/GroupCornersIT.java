package io.heliograph.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.workers.Corners;
import io.heliograph.programs.workers.TerminalCorners;
import io.heliograph.programs.workers.Workers;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups where two things meet: another group, a raise, a terminal, a script. */
class GroupCornersIT {
    @Test
    void oneArrivalIsOneRequestForAGroupInAGroup() {
        try (Child app = ChildJvm.jvm().startReady(Corners.class, "one-arrival")) {
            send("TERM", app);
            app.out().await("^both have it$");
            send("INT", app);
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.err().all()).containsExactlyInAnyOrder(forced("outer"), forced("cleaner"));
            assertThat(app.out().all()).endsWith("io.heliograph.TerminateInterrupt: TERM");
        }
    }

    private static String forced(String thread) {
        return "heliograph: group forced: thread \"" + thread + "\" did not end before a second request, INT, came";
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

    /**
     * The kernel sends XCPU to this process alone when it has used its processor time, prlimit(1), and again after each further
     * second. These are not further requests.
     */
    @Test
    void whatTheKernelSendsToThisProcessAloneIsPassedOnAndItsRepeatsForceNothing() {
        try (Child app = ChildJvm.jvm().startReady(Corners.class, "limit")) {
            long used = ProcessHandle.of(app.pid())
                    .flatMap(process -> process.info().totalCpuDuration())
                    .orElseThrow()
                    .toSeconds();
            Child.run("prlimit", "--pid", "" + app.pid(), "--cpu=" + (used + 1) + ":");
            app.tell("be busy");
            app.out().await("^cleaned up$");
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
    void aReaderThatDiesFromTheTerminalsControlCHasNotFailedHoweverLateOurOwnIsDispatched() {
        try (Child terminal = ChildJvm.jvm().startOnTerminal(TerminalCorners.class.getName(), "held")) {
            terminal.out().await("ready");
            terminal.ctrlC();
            terminal.out().await("io.heliograph.KeyboardInterrupt: INT 0 Optional.empty");
            assertThat(terminal.ended()).isEqualTo("exited 0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "worker"})
    void aGroupThatIsClosedKeepsItsSignalsUntilTheControlCHasCome(String by) {
        try (Child terminal = ChildJvm.jvm().startOnTerminal(TerminalCorners.class.getName(), "closing", by)) {
            terminal.out().await("ready");
            terminal.ctrlC();
            assertThat(terminal.ended()).isEqualTo("exited 0");
            assertThat(terminal.out().all()).contains("true, the group's: 1").endsWith("Optional[INT] Optional.empty");
            if (by.equals("main")) {
                assertThat(terminal.out().all()).contains("io.heliograph.KeyboardInterrupt: INT 0");
            }
        }
    }

    /** The program stands for a supervisor, or the JDK's own helper, that has not blocked its signals yet. */
    @ParameterizedTest
    @CsvSource({"group, java.io.IOException", "pool, ''"})
    void aControlCThatBreaksOffAStartIsTheControlC(String by, String suppressed, @TempDir Path folder)
            throws IOException {
        Path supervisor = Files.writeString(
                folder.resolve("supervisor"),
                "#!/bin/sh\n[ \"$1\" = --version ] && exec " + Child.helper("heliograph-supervisor")
                        + " --version\necho starting\nexec sleep 1000\n");
        Files.setPosixFilePermissions(supervisor, PosixFilePermissions.fromString("rwx------"));
        ChildJvm jvm = ChildJvm.jvm().option("-Dheliograph.supervisor=" + supervisor);
        try (Child terminal = jvm.startOnTerminal(TerminalCorners.class.getName(), "starting", by)) {
            terminal.out().await("starting");
            terminal.ctrlC();
            assertThat(terminal.ended()).isEqualTo("exited 0");
            String expected = suppressed.isEmpty() ? "[]" : "[class " + suppressed + "]";
            assertThat(terminal.out().all()).endsWith("io.heliograph.KeyboardInterrupt: INT " + expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"group", "worker", "close"})
    void aChildThatWasSentAControlCAloneHasFailed(String waitsBy) {
        try (Child app = ChildJvm.jvm().start(TerminalCorners.class, "alone", waitsBy)) {
            assertThat(app.ended()).isEqualTo("exited 0");
            List<String> lines = new ArrayList<>(app.out().all());
            assertThat(lines.remove("known: true")).isEqualTo(waitsBy.equals("worker"));
            assertThat(lines).containsExactly("sleep: was ended by INT");
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
