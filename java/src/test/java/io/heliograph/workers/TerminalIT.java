package io.heliograph.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.workers.OnTerminal;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.ProcStatus;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A group's processes and the keys of a terminal, the signals of a process, a process group and a control group. */
class TerminalIT {
    private static final String MEMBER = Child.helper("tree_member");
    private static final String CTRL_BACKSLASH = "\u001c";
    private static final String CTRL_Z = "\u001a";

    private record Pids(long jvm, long supervisor, long worker) {}

    /** Two processes, parent and child, are there when this returns. */
    private static Pids started(Child app) {
        app.out().await("^here ", 2);
        MatchResult pids = app.out().await("^pids (\\d+) (\\d+) (\\d+)$");
        return new Pids(Long.parseLong(pids.group(1)), Long.parseLong(pids.group(2)), Long.parseLong(pids.group(3)));
    }

    private static long received(Child app, int signal) {
        return app.out().all().stream()
                .filter(line -> line.startsWith("got " + signal + " "))
                .count();
    }

    @Test
    void ctrlCReachesEachProcessOnceByItsSupervisor() {
        try (Child app = onTerminal("orderly")) {
            Pids pids = started(app);
            app.ctrlC();
            app.out().await("^got 2 by " + pids.supervisor() + "$", 2);
            assertThat(app.ended()).isEqualTo("exited 130");
            assertThat(app.out().all()).contains("ended by io.heliograph.KeyboardInterrupt: INT FromKernel 0");
            assertThat(received(app, 2)).isEqualTo(2);
            assertThat(app.left()).isEmpty();
        }
    }

    /** However close they are. */
    @Test
    void twoKeysAreTwoRequests() {
        try (Child app = onTerminal("plain")) {
            Pids pids = started(app);
            app.ctrlC();
            app.out().await("^got 2 by " + pids.supervisor() + "$", 2);
            app.ctrlC();
            assertThat(app.ended()).isEqualTo("exited 130");
            assertThat(app.err().all())
                    .containsExactly("heliograph: group forced: process " + pids.worker()
                            + " \"worker\" did not end before a second request, INT, came");
            assertThat(app.left()).isEmpty();
        }
    }

    /** HotSpot prints its thread dump; the processes are not concerned, nor the group. */
    @Test
    void ctrlBackslashReachesTheJvmAlone() {
        try (Child app = onTerminal("orderly")) {
            started(app);
            app.type(CTRL_BACKSLASH);
            app.out().await(ChildJvm.LAST_OF_THREAD_DUMP);
            app.ctrlC();
            assertThat(app.ended()).isEqualTo("exited 130");
            assertThat(received(app, 2)).isEqualTo(2);
            assertThat(received(app, 3)).isZero();
            assertThat(app.left()).isEmpty();
        }
    }

    @Test
    void ctrlZStopsTheProcessesTooAndFgContinuesThem() {
        List<String> shell = List.of("bash", "--norc", "--noprofile", "--noediting", "-i");
        String command = String.join(" ", ChildJvm.jvm().command(OnTerminal.class.getName(), MEMBER, "orderly"));
        try (Child app = Child.startOnTerminal(shell, Map.of("COMMAND", command))) {
            app.type("$COMMAND\n");
            Pids pids = started(app);
            app.type(CTRL_Z);
            app.err().await("Stopped");
            ProcStatus.awaitStopped(pids.jvm());
            ProcStatus.awaitStopped(pids.worker());
            app.type("fg\n");
            app.out().await("^worker Continued\\[]$");
            app.ctrlC();
            app.out().await("^ended by io.heliograph.KeyboardInterrupt: INT FromKernel 0$");
            app.type("exit $?\n");
            assertThat(app.ended()).isEqualTo("exited 130");
            assertThat(app.left()).isEmpty();
        }
    }

    /** The leader of a session without a shell: no terminal's stop signal stops it. */
    @Test
    void aJvmThatCtrlZDoesNotStopDoesNotStopItsProcesses() {
        ChildJvm jvm = ChildJvm.jvm().after("setsid");
        try (Child app = jvm.start(OnTerminal.class, MEMBER, "orderly")) {
            Pids pids = started(app);
            Child.run("kill", "-TSTP", "" + pids.jvm());
            Child.run("kill", "-INT", "" + pids.jvm());
            assertThat(app.ended()).isEqualTo("exited 130");
            assertThat(received(app, 2)).isEqualTo(2);
            assertThat(app.out().all()).noneMatch(line -> line.startsWith("worker Stopped"));
        }
    }

    /** INT ends none of them, so that a second one would be seen; a second request ends all. */
    @Test
    void aProcessThatReadsTheTerminalReceivesCtrlCFromTheTerminal() {
        try (Child app = onTerminal("plain", "reader")) {
            Pids pids = started(app);
            app.tell("a line");
            app.out().await("^read a line$");
            app.out().await("^here ", 3);
            app.ctrlC();
            app.out().await("^got 2 by 0$");
            app.out().await("^got 2 by " + pids.supervisor() + "$", 2);
            Child.run("kill", "-TERM", "" + pids.jvm());
            assertThat(app.ended()).isEqualTo("exited 130");
            assertThat(app.out().all()).contains("ended by io.heliograph.KeyboardInterrupt: INT FromKernel 0");
            assertThat(received(app, 2)).isEqualTo(3);
            assertThat(app.left()).isEmpty();
        }
    }

    @Test
    void aProcessThatReadsTheTerminalReceivesWhatAProcessSent() {
        try (Child app = onTerminal("orderly", "reader")) {
            Pids pids = started(app);
            app.tell("a line");
            app.out().await("^here ", 3);
            Child.run("kill", "-INT", "" + pids.jvm());
            assertThat(app.ended()).isEqualTo("exited 130");
            assertThat(app.out().all()).doesNotContain("got 2 by 0");
            assertThat(received(app, 2)).isEqualTo(3);
            assertThat(app.left()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"process", "group"})
    void whatAProcessSendsIsPassedOnOnce(String target) {
        try (Child app = onTerminal("plain")) {
            Pids pids = started(app);
            Child.run("kill", "-TERM", "--", (target.equals("group") ? "-" : "") + pids.jvm());
            app.out().await("^got 15 by " + pids.supervisor() + "$", 2);
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(received(app, 15)).isEqualTo(2);
            assertThat(app.left()).isEmpty();
        }
    }

    /**
     * As a service manager does it, and again until that is a second request. The supervisor is stopped while its signals arrive, so that the
     * machine's speed does not matter.
     */
    @Test
    void whatEveryProcessOfAControlGroupReceivesIsNotPassedOnAgain() {
        try (Child app = ChildJvm.jvm().start(OnTerminal.class, MEMBER, "stubborn")) {
            Pids pids = started(app);
            Child.run("kill", "-STOP", "" + pids.supervisor());
            ProcStatus.awaitStopped(pids.supervisor());
            for (String here : app.out().soFar().stream()
                    .filter(line -> line.startsWith("here "))
                    .toList()) {
                Child.run("kill", "-TERM", here.substring("here ".length()));
            }
            Child.run("kill", "-TERM", "" + pids.supervisor());
            Child.run("kill", "-TERM", "" + pids.jvm());
            app.out().await("^got 18 by " + pids.supervisor() + "$", 2); // stopped processes continue after a TERM
            app.killUntilEnded("TERM");
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(received(app, 15)).isEqualTo(2);
        }
    }

    private static Child onTerminal(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = MEMBER;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return ChildJvm.jvm().startOnTerminal(OnTerminal.class.getName(), all);
    }
}
