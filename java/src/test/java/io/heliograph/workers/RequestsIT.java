package io.heliograph.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.Signal;
import io.heliograph.Signals;
import io.heliograph.programs.workers.Requests;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Eventually;
import io.heliograph.testing.ProcStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A repeat of a request forces nothing, and the grace period counts only the time in which the process runs. */
class RequestsIT {
    private static final long MOST_SECONDS = 60;

    /** Of TERM, the kernel merges those that arrive while one is pending. It queues real-time signals. */
    @ParameterizedTest
    @CsvSource({"thread, TERM, 143", "process, TERM, 143", "nested, TERM, 143", "thread, RTMIN+3, 165"})
    void threeRelaysAtOnceForceNothing(String worker, String signal, int status) {
        try (Child app = ChildJvm.jvm().start(Requests.class, "PT1H", worker, signal)) {
            app.out().await(" ready ");
            for (int i = 0; i < 4; i++) {
                Signals.send(app.pid(), Signal.of(signal));
            }
            assertCleansUp(app, "ended by " + signal + " 0", "exited " + status);
        }
    }

    /** What arrived before it is dispatched when the worker goes on. */
    private static void assertCleansUp(Child app, String endedBy, String end) {
        app.out().await("^asked$");
        Signals.send(app.pid(), Requests.GO_ON);
        assertThat(app.ended()).isEqualTo(end);
        assertThat(app.out().all()).containsSubsequence("asked", "cleaned up", endedBy);
        assertThat(app.err().all()).isEmpty();
    }

    /** npm, shells' traps and IDEs do it. An interactive shell would give the JVM a process group of its own. */
    @Test
    void aWrapperPassesOnTheControlCThatTheTerminalHasSent() {
        String wrapper =
                "env --default-signal=INT \"$@\" & jvm=$!; trap 'kill -INT $jvm; echo relayed' INT; wait; wait $jvm";
        ChildJvm jvm = ChildJvm.jvm().after("bash", "-c", wrapper, "wrapper");
        try (Child terminal = jvm.startOnTerminal(Requests.class.getName(), "PT1H", "thread", "INT")) {
            long pid = Long.parseLong(terminal.out().await(" ready (\\d+)$").group(1));
            terminal.ctrlC();
            terminal.out().await("^relayed$");
            terminal.out().await("^asked$");
            Signals.send(pid, Requests.GO_ON);
            assertThat(terminal.ended()).isEqualTo("exited 130");
            assertThat(terminal.out().all()).containsSubsequence("cleaned up", "ended by INT 0");
            assertThat(terminal.err().all()).isEmpty();
        }
    }

    /** The terminal is closed: the shell sends HUP to its job and exits, and then the kernel sends it one, too. */
    @ParameterizedTest
    @ValueSource(strings = {"thread", "process"})
    void theHangUpOfAShellAndThatOfTheKernelAreOne(String worker, @TempDir Path folder) throws Exception {
        Path out = Files.createFile(folder.resolve("out"));
        String java = String.join(" ", ChildJvm.jvm().command(Requests.class.getName(), "PT1H", worker, "HUP"));
        List<String> terminal = List.of("script", "-qefc", "exec bash --norc --noprofile -i", "/dev/null");
        try (Child script = Child.start(terminal, Map.of("SHELL", "/bin/sh"))) {
            script.type(java + " >" + out + " 2>&1; true\n");
            ProcessHandle jvm = ProcessHandle.of(pidIn(out)).orElseThrow();
            try {
                ProcessHandle shell = jvm.parent().orElseThrow();
                Child.run("kill", "-KILL", "" + script.pid()); // with it the terminal goes
                shell.onExit().get(MOST_SECONDS, TimeUnit.SECONDS);
                awaitLine(out, "asked");
                Signals.send(jvm.pid(), Requests.GO_ON);
                jvm.onExit().get(MOST_SECONDS, TimeUnit.SECONDS);
            } finally {
                jvm.destroyForcibly();
            }
        }
        assertThat(Files.readAllLines(out)).hasSize(4).endsWith("asked", "cleaned up", "ended by HUP 0");
    }

    private static long pidIn(Path out) throws IOException {
        Eventually.until("ready", () -> lines(out).stream().anyMatch(line -> line.matches("\\w+ ready \\d+")));
        return Long.parseLong(lines(out).get(0).replaceAll(".* ", ""));
    }

    private static void awaitLine(Path out, String line) {
        Eventually.until(line, () -> lines(out).contains(line));
    }

    private static List<String> lines(Path out) {
        try {
            return Files.readAllLines(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its parent's group passes on what a service manager sends to both. */
    @Test
    void aProgramInTheGroupThatReceivesTheSignalTwiceCleansUp() {
        try (Child app = ChildJvm.jvm().start(Requests.class, "PT1H", "program", "TERM")) {
            long pid = Long.parseLong(app.out().await("^thread ready (\\d+)$").group(1));
            app.out().await("^program ready ");
            Signals.send(app.pid(), Signal.TERM);
            app.out().await("^asked$");
            Signals.send(pid, Signal.TERM);
            Signals.send(pid, Requests.GO_ON);
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.out().all())
                    .containsSubsequence("asked", "cleaned up", "ended by TERM 0", "ended by TERM 0");
            assertThat(app.err().all()).isEmpty();
        }
    }

    /** It is stopped for longer than its grace period. */
    @ParameterizedTest
    @ValueSource(strings = {"thread", "process"})
    void timeInWhichTheProcessWasStoppedDoesNotCount(String worker) {
        try (Child app = ChildJvm.jvm().start(Requests.class, "PT4S", worker, "TERM")) {
            app.out().await(" ready ");
            Signals.send(app.pid(), Signal.TERM);
            app.out().await("^asked$");
            Signals.send(app.pid(), Signal.STOP);
            ProcStatus.awaitStopped(app.pid());
            Child.run("sleep", "5");
            Signals.send(app.pid(), Signal.CONT);
            assertCleansUp(app, "ended by TERM 0", "exited 143");
        }
    }
}
