package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.agent.PlainApp;
import io.heliograph.programs.agent.SignalsApp;
import io.heliograph.testing.AsRoot;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Courier;
import io.heliograph.testing.ProcStatus;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The agent's line names the right sender, whoever it is and whatever it says of itself. */
class SenderIT {
    /** Signals like the courier, but shows a name and a command line that were made to harm a terminal or a log. */
    private static final String HOSTILE = """
            printf '\\n\\033[31m)"\\\\' >/proc/self/comm
            kill -s TERM "$1" && echo sent && read -r _
            """;

    /** Where the user has a name. */
    private static final String USER = "( \\([^)]*\\))?";

    @Test
    void namesAnotherCommand() {
        try (Child app = app();
                Courier courier = Courier.send("TERM", app.pid())) {
            app.err().await(courier.logged("TERM"));
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.err().all()).hasSize(1);
        }
    }

    @Test
    @AsRoot
    void namesAnotherUser() {
        try (Child app = app();
                Courier courier = Courier.send(
                        "TERM",
                        app.pid(),
                        "setpriv",
                        "--reuid=1234",
                        "--clear-groups",
                        "--inh-caps=+kill",
                        "--ambient-caps=+kill")) {
            app.err().await(courier.logged("TERM", 1234));
            assertThat(app.ended()).isEqualTo("exited 143");
        }
    }

    /** The app is stopped while the sender lives, so that nobody can look at it in time. */
    @Test
    void saysThatTheSenderIsGone() {
        try (Child app = app()) {
            Child.run("sh", "-c", "kill -s STOP " + app.pid());
            ProcStatus.awaitStopped(app.pid());
            long sender = Child.run("sh", "-c", "kill -s TERM " + app.pid());
            Child.run("sh", "-c", "kill -s CONT " + app.pid());
            app.err()
                    .await("^heliograph: TERM from pid " + sender + ", uid " + ProcStatus.ownUid() + USER
                            + ", gone(, parent .*)?, arrived [-0-9T:.]+Z$");
            assertThat(app.ended()).isEqualTo("exited 143");
        }
    }

    @Test
    void hostileSenderGetsOneHarmlessLine() {
        String arguments =
                "exec sh -c '" + HOSTILE.replace("'", "'\\''") + "' \"$(printf 'a\\nheliograph: TERM from pid 1')\" "
                        + "\"$1\" \"$(printf '\\033]0;x\\007\\r\\t\"\\\\\\303\\251\\377\\342\\200\\256')\" "
                        + "\"$(head -c 131000 /dev/zero | tr '\\0' y)\"";
        try (Child app = app();
                Child sender = Child.start(
                        List.of("sh", "-c", arguments, "sh", Long.toString(app.pid())), Map.of("LC_ALL", "C"))) {
            sender.out().await("^sent$");
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.err().all()).hasSize(1);
            String line = app.err().all().get(0);
            assertThat(line)
                    .startsWith("heliograph: TERM from pid " + sender.pid() + ", uid " + ProcStatus.ownUid())
                    .contains(", command \"\\x0a\\x1b[31m)\\\"\\\\\", command line sh -c \"printf '")
                    .contains("\\x0akill -s TERM \\\"$1\\\" && echo sent && read -r _\\x0a\" "
                            + "\"a\\x0aheliograph: TERM from pid 1\" " + app.pid()
                            + " \"\\x1b]0;x\\x07\\x0d\\x09\\\"\\\\\\xe9\\ufffd\\u202e\" yyyy")
                    .contains("yyyy (cut), ")
                    .matches("[ -~]*")
                    .hasSizeLessThan(4096);
        }
    }

    @Test
    void saysThatItWasTheAppItself() {
        try (Child app = ChildJvm.jvm().agent("").start(SignalsApp.class)) {
            String itself = " from pid " + app.pid() + ", uid " + ProcStatus.ownUid() + USER + ", this process";
            app.tell("queue USR2 -7");
            app.err().await("^heliograph: USR2" + itself + ", value -7, arrived ");
            app.tell("raise INT");
            app.err().await("^heliograph: INT" + itself + ", arrived ");
            assertThat(app.ended()).isEqualTo("exited 130");
        }
    }

    @Test
    void showsTheValuesThatCameAlong() {
        try (Child app = ChildJvm.jvm().agent("RTMIN+3=log+ignore").start(PlainApp.class)) {
            app.out().await("^ready$");
            try (Child sender =
                    Child.start(Child.helper("send_burst"), Long.toString(app.pid()), "3", "queue:RTMIN+3")) {
                assertThat(sender.ended()).isEqualTo("exited 0");
                for (int value = 0; value < 3; value++) {
                    Pattern ids = Pattern.compile("pid " + sender.pid() + ", uid " + ProcStatus.ownUid() + USER + ",");
                    String line = app.err()
                            .await("^heliograph: RTMIN\\+3 .*, value " + value + "(, parent pid .*)?, arrived .*")
                            .group();
                    assertThat(line).containsPattern(ids);
                }
            }
            app.tell("still there").out().await("^heard still there$");
            assertThat(app.err().soFar()).hasSize(3);
        }
    }

    @Test
    void saysThatCtrlCCameFromTheTerminal() {
        String java = String.join(
                " ",
                ChildJvm.tool("java"),
                "--enable-native-access=ALL-UNNAMED",
                "-javaagent:" + ChildJvm.jar(),
                "-cp",
                System.getProperty("heliograph.testclasses"),
                PlainApp.class.getName());
        try (Child terminal = Child.start("script", "-q", "-e", "-c", java, "/dev/null")) {
            terminal.out().await("^ready");
            terminal.tell("\u0003");
            terminal.out().await("heliograph: INT from the terminal, arrived ");
            assertThat(terminal.ended()).isEqualTo("exited 130");
        }
    }

    private static Child app() {
        return ChildJvm.jvm().agent("").startReady(PlainApp.class);
    }
}
