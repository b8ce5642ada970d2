package io.heliograph.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.workers.Processes;
import io.heliograph.testing.AsRoot;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Conversation;
import io.heliograph.testing.Lines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Supervised processes of a JVM: what is told of them, what their trees receive, and that none is left. */
class SupervisorIT {
    /** Not a time that anything is expected to take: where a test would otherwise hang forever, it fails. */
    private static final long MOST_SECONDS = 60;

    private static final String MEMBER = Child.helper("tree_member");

    @Test
    void theStatusIsTyped() {
        try (Conversation app = app()) {
            app.tellAll("start a sh -c exit${IFS}143");
            assertThat(app.tell("gone a")).isEqualTo("Exited[status=143] 143");
            app.tellAll("start b sleep 1000", "send b TERM");
            assertThat(app.tell("gone b")).isEqualTo("Killed[signal=TERM, dumpedCore=false] 143");
            app.tellAll("start c sleep 1000", "send c STOP");
            app.out().await("^c changed Stopped\\[signal=STOP]$");
            app.tellAll("send c CONT");
            app.out().await("^c changed Continued\\[]$");
            app.tellAll("force c");
            assertThat(app.tell("gone c")).isEqualTo("Killed[signal=KILL, dumpedCore=false] 137");
            assertThat(app.end()).isEqualTo("exited 0");
        }
    }

    @Test
    void aProgramThatCannotBeRunFailsAsTheJdkHasIt() {
        try (Conversation app = app()) {
            assertThat(app.tell("start a no_such_program"))
                    .isEqualTo(
                            "IOException: Cannot run program \"no_such_program\": error=2, No such file or directory");
            assertThat(app.tell("start a /etc/passwd"))
                    .isEqualTo("IOException: Cannot run program \"/etc/passwd\": error=13, Permission denied");
            assertThat(app.end()).isEqualTo("exited 0");
        }
    }

    @Test
    void theTerminalsControlCReachesATreeByItsSupervisorAlone() {
        try (Child script = inTerminal();
                Conversation app = Conversation.with(script)) {
            app.out().await("^quiet");
            app.tellAll("hear INT", "start a " + MEMBER + " 1 2 apart");
            app.out().await("^here ", 3);
            script.type("\u0003");
            app.out().await("^heard INT FromKernel");
            app.tellAll("pass-on a INT");
            app.out().await("^got 2 by [1-9]", 3);
            app.tellAll("send a RTMIN");
            app.out().await("^got 34 by [1-9]", 3);
            assertThat(count(app.out(), "got 2 by .*")).isEqualTo(3);
            app.tellAll("force a");
            assertThat(app.tell("gone a").strip()).isEqualTo("Killed[signal=KILL, dumpedCore=false] 137");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "TERM"})
    void noProcessOutlivesTheJvm(String how, @TempDir Path folder) throws Exception {
        int members = 4 + 4 * 7 + 4 + 4;
        // The JDK gives up its own pipe when the JVM is gone.
        String output = folder.resolve("output").toString();
        Child.run("mkfifo", output);
        try (Child reader = Child.start("cat", output);
                Child jvm = ChildJvm.jvm().start(Processes.class);
                Conversation app = Conversation.with(jvm)) {
            app.tellAll("output " + output);
            // The thread that forked has ended, as would be the parent of a parent-death signal.
            for (int i = 0; i < 4; i++) {
                app.tellAll("start-in-thread plain" + i + " 60000 " + MEMBER + " 0 0");
                app.tellAll("start-in-thread tree" + i + " 60000 " + MEMBER + " 2 2");
            }
            app.tellAll("start-in-thread daemons 60000 " + MEMBER + " 1 3 daemons");
            app.tellAll("start-in-thread stubborn 200 " + MEMBER + " 1 3 stubborn");
            reader.out().await("^here [0-9]+$", members);
            String killer = app.tell("supervisor stubborn");
            List<ProcessHandle> processes =
                    new ArrayList<>(List.of(process(killer), process(app.tell("supervisor daemons"))));
            reader.out().soFar().stream()
                    .filter(line -> line.matches("here [0-9]+"))
                    .forEach(line -> processes.add(process(line.substring("here ".length()))));
            assertThat(processes).hasSize(2 + members);
            Child.run("kill", "-" + how, "" + app.pid());
            assertThat(jvm.ended()).isEqualTo(how.equals("KILL") ? "signaled 9" : "exited 143");
            awaitGone(processes);
            assertThat(reader.out().all().stream().filter(line -> line.matches("got 15 by (?!" + killer + "$).*")))
                    .as("those that end on TERM were asked")
                    .hasSize(4 + 4 * 7 + 4);
        }
    }

    @Test
    void aHundredLeaveNothing() {
        try (Conversation app = app()) {
            app.tellAll("start first true");
            app.tell("gone first");
            long descriptors = Long.parseLong(app.tell("descriptors"));
            app.tellAll("start-many sleep 100");
            app.tellAll("send-all TERM", "all-gone");
            assertThat(app.tell("children")).isEqualTo("0");
            assertThat(Long.parseLong(app.tell("descriptors"))).isLessThanOrEqualTo(descriptors);
            assertThat(count(app.out(), "many[0-9]+ changed Killed\\[signal=TERM, dumpedCore=false]"))
                    .isEqualTo(100);
            assertThat(app.end()).isEqualTo("exited 0");
        }
    }

    @Test
    void itsInputAndOutputAreTheCommands() {
        try (Conversation app = app()) {
            assertThat(app.tell("cat hello")).isEqualTo("hello Exited[status=0]");
            assertThat(app.end()).isEqualTo("exited 0");
        }
    }

    @Test
    void aFullQueueOfSignalsHindersNeitherAskingNorForce() {
        try (Conversation app = app()) {
            app.tellAll("start a sleep 1000", "start b sleep 1000");
            for (String name : List.of("a", "b")) {
                Child.run("prlimit", "--pid", app.tell("supervisor " + name), "--sigpending=0");
            }
            app.tellAll("send a TERM", "force b");
            assertThat(app.tell("gone a")).isEqualTo("Killed[signal=TERM, dumpedCore=false] 143");
            assertThat(app.tell("gone b")).isEqualTo("Killed[signal=KILL, dumpedCore=false] 137");
            assertThat(app.end()).isEqualTo("exited 0");
        }
    }

    @Test
    void killingASupervisorKillsItsCommand() throws Exception {
        try (Conversation app = app()) {
            app.tellAll("start a " + MEMBER + " 0 0 stubborn");
            ProcessHandle command = process(app.tell("pid a"));
            Child.run("kill", "-KILL", app.tell("supervisor a"));
            assertThat(app.tell("gone a")).isEqualTo("Killed[signal=KILL, dumpedCore=false] 137");
            awaitGone(List.of(command));
            assertThat(app.end()).isEqualTo("exited 0");
        }
    }

    @Test
    void aStoppedSupervisorStillObeysItsOrders() {
        try (Conversation app = app()) {
            app.tellAll("start a sleep 1000", "start b sleep 1000");
            Child.run("kill", "-STOP", app.tell("supervisor a"), app.tell("supervisor b"));
            app.tellAll("ask-to-end a TERM", "force b");
            assertThat(app.tell("gone a")).isEqualTo("Killed[signal=TERM, dumpedCore=false] 143");
            assertThat(app.tell("gone b")).isEqualTo("Killed[signal=KILL, dumpedCore=false] 137");
            assertThat(app.end()).isEqualTo("exited 0");
        }
    }

    @Test
    @AsRoot
    void aJvmInAnotherPidNamespaceReceivesASignalOnce() {
        try (Conversation app = app()) {
            String inner = String.join(" ", ChildJvm.jvm().command(Processes.class.getName(), "hear", "TERM", "HUP"));
            app.tellAll("start a unshare --pid --fork --mount-proc " + inner);
            assertThat(app.out().await("^inner ready ([0-9]+)$").group(1)).isEqualTo("1");
            app.tellAll("send a TERM");
            app.out().await("^heard TERM Sent$");
            assertThat(count(app.out(), "heard TERM .*")).isEqualTo(1);
            app.tellAll("force a");
            app.tell("gone a");
            assertThat(app.end()).isEqualTo("exited 0");
        }
    }

    @Test
    @AsRoot
    void underAnotherNamespacesProcTheRefusalSaysSo() {
        ChildJvm jvm = ChildJvm.jvm().after("unshare", "--pid", "--fork", "--kill-child");
        try (Conversation app = Conversation.with(jvm.start(Processes.class))) {
            assertThat(app.tell("start a true"))
                    .matches("IOException: heliograph needs the /proc of this process's pid namespace to start"
                            + " processes: this is process 1, and /proc/self shows [0-9]+\\. Mount it, as unshare"
                            + " --mount-proc does");
            assertThat(app.end()).isEqualTo("exited 0");
        }
    }

    /** A setuid program can become another user's altogether, as sudo does: kill(2) is then refused. */
    @Test
    @AsRoot
    void aProcessThatCannotBeKilledIsNamed(@TempDir Path folder) throws IOException {
        Path member = Files.copy(Path.of(MEMBER), folder.resolve("member"));
        Child.run("chmod", "755", folder.toString());
        Child.run("chmod", "4755", member.toString());
        String[] user = {"setpriv", "--reuid", "54321", "--regid", "54321", "--clear-groups"};
        ChildJvm jvm = ChildJvm.jvm().after(user).classPath(readable(folder).toString(), folder.toString());
        try (Conversation app = Conversation.with(jvm.start(Processes.class))) {
            app.tellAll("start a " + member + " 0 0 owner");
            String pid = app.out().await("^here ([0-9]+)$").group(1);
            app.tellAll("send a TERM", "force a");
            assertThat(app.tell("gone a"))
                    .isEqualTo("ExecutionException: io.heliograph.SignalException: kill(" + pid
                            + ", SIGKILL): Operation not permitted (errno 1)");
            Child.run("kill", "-KILL", pid);
            app.out().await("^a changed Killed\\[signal=KILL, dumpedCore=false]$");
            assertThat(app.end()).isEqualTo("exited 0");
        }
    }

    /** What the JVM needs, where another user can read it; the jar. */
    private static Path readable(Path folder) throws IOException {
        for (String program : List.of("workers/Processes.class", "Talk.class")) {
            Path file = Path.of("io/heliograph/programs").resolve(program);
            Files.createDirectories(folder.resolve(file).getParent());
            Files.copy(Path.of(System.getProperty("heliograph.testclasses")).resolve(file), folder.resolve(file));
        }
        Child.run("chmod", "-R", "go+rX", folder.resolve("io").toString());
        Path jar = Files.copy(Path.of(ChildJvm.jar()), folder.resolve("heliograph.jar"));
        Child.run("chmod", "go+r", jar.toString());
        return jar;
    }

    private static Child inTerminal() {
        String java = String.join(" ", ChildJvm.jvm().command(Processes.class.getName()));
        String command = "stty -echo; echo quiet; exec " + java;
        return Child.start(List.of("script", "-qefc", command, "/dev/null"), Map.of("SHELL", "/bin/sh"));
    }

    private static Conversation app() {
        return Conversation.with(ChildJvm.jvm().start(Processes.class));
    }

    private static long count(Lines lines, String regex) {
        return lines.soFar().stream()
                .filter(line -> line.strip().matches(regex))
                .count();
    }

    /** What is there now; gone is who has been reaped, too. */
    private static void awaitGone(List<ProcessHandle> processes) throws Exception {
        for (ProcessHandle process : processes) {
            process.onExit().get(MOST_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static ProcessHandle process(String pid) {
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }
}
