package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.agent.AgentHost;
import io.heliograph.testing.Attacher;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Courier;
import io.heliograph.testing.Facts;
import io.heliograph.testing.ProcStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A JVM that the agent has left is as it was: dispositions, threads, descriptors, temporary files, shutdown hooks. */
class DetachIT {
    private static final String TEST_CLASSES = System.getProperty("heliograph.testclasses");
    private static final String ALL = "HUP=log,INT=shutdown:5s,QUIT=log,TERM=log,USR1=ignore,USR2=log,PROF=default,"
            + "RTMIN+3=log,CHLD=log,WINCH=log+default,wait=spin";

    private static final String NOTICE = "^heliograph: (attached|off): .*";

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @CsvSource({"false,''", "true,''", "false,ALL", "true,ALL"})
    void itIsAsItWas(boolean isNative, String options) throws IOException {
        try (Child app = start()) {
            List<String> before = state(app, "before");
            attach(app, isNative, options.equals("ALL") ? ALL : options);
            List<String> during = state(app, "during");
            attach(app, isNative, "off");
            assertThat(during).isNotEqualTo(before);
            assertThat(withoutJar(state(app, "after"))).isEqualTo(before);
            assertThat(app.err().soFar())
                    .containsExactly(
                            "heliograph: attached: "
                                    + (options.equals("ALL")
                                            ? ALL.replace(",", ", ")
                                            : "HUP=log, INT=log, QUIT=log, TERM=log, USR1=log, USR2=log"),
                            "heliograph: off: the agent is gone");
            ends(app, "TERM", "exited 143");
        }
    }

    /** Of dumps their files alone are left. The line is written when they are. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void soTooAfterDumps(boolean isNative, @TempDir Path dumps) throws IOException {
        try (Child app = start()) {
            List<String> before = state(app, "before");
            attach(app, isNative, "USR1=thread-dump+thread-dump:" + dumps + "/t+heap-dump:" + dumps + "/h.hprof+log");
            try (Courier courier = Courier.send("USR1", app.pid())) {
                app.err().await(courier.logged("USR1"));
            }
            attach(app, isNative, "off");
            assertThat(withoutJar(state(app, "after"))).isEqualTo(before);
            assertThat(dumps).isDirectoryContaining("glob:**/t").isDirectoryContaining("glob:**/h.hprof");
        }
    }

    /** What fails after the options were read leaves no agent behind, where there was none. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAgentThatIsRefusedIsNotThere(boolean isNative) throws IOException {
        try (Child app = start()) {
            app.tell("take io.heliograph:type=Signals").out().await("^done take ");
            List<String> before = state(app, "before");
            assertThat(Attacher.attach(app, isNative, "wait=spin,USR1=log+ignore,jmx=on"))
                    .doesNotContain("return code: 0");
            assertThat(withoutJar(state(app, "after"))).isEqualTo(before);
            assertThat(app.err().soFar()).anyMatch(line -> line.startsWith("heliograph: jmx=on: "));
        }
    }

    /** What a shutdown has begun is not called off, and whoever asks for it is told. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aShutdownThatHasBegunGoesOn(boolean isNative) {
        try (Child app = start(jvm().agent(isNative, "TERM=log+shutdown"))) {
            app.tell("hang").out().await("^done hang$");
            try (Courier courier = Courier.send("TERM", app.pid())) {
                app.err().await(courier.logged("TERM"));
            }
            app.out().await("^hook hangs$");
            assertThat(Attacher.attach(app, isNative, "off")).doesNotContain("return code: 0");
            app.err().await("^heliograph: off: TERM has begun a shutdown, which can't be called off$");
            try (Courier courier = Courier.send("INT", app.pid())) {
                assertThat(courier.pid()).isPositive();
                assertThat(app.ended()).isEqualTo("exited 143");
            }
        }
    }

    /** Attached and left again and again, nothing gathers; and each time it works. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void twentyTimes(boolean isNative) throws IOException {
        try (Child app = start()) {
            List<String> before = state(app, "before");
            for (int time = 0; time < 20; time++) {
                attach(app, isNative, time % 2 == 0 ? "USR1=log+ignore" : "");
                try (Courier courier = Courier.send("USR1".repeat(1 - time % 2) + "USR2".repeat(time % 2), app.pid())) {
                    app.err().await(courier.logged(time % 2 == 0 ? "USR1" : "USR2"));
                }
                attach(app, isNative, "off");
            }
            assertThat(withoutJar(state(app, "after"))).isEqualTo(before);
            assertThat(events(app)).hasSize(20);
            ends(app, "USR1", "signaled 10");
        }
    }

    /** Replacing the options, rather than leaving, gathers nothing either. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void attachedTwentyTimesItIsThereOnce(boolean isNative) throws IOException {
        try (Child app = start()) {
            List<String> before = state(app, "before");
            attach(app, isNative, "USR1=log+ignore");
            List<String> once = state(app, "once");
            for (int time = 0; time < 20; time++) {
                attach(app, isNative, time % 2 == 0 ? "TERM=log,USR2=log" : "USR1=log+ignore");
            }
            assertThat(state(app, "often")).isEqualTo(once);
            try (Courier courier = Courier.send("USR1", app.pid())) {
                app.err().await(courier.logged("USR1"));
            }
            attach(app, isNative, "off");
            assertThat(withoutJar(state(app, "after"))).isEqualTo(before);
            assertThat(events(app)).hasSize(1);
        }
    }

    /** With an agent from the start too. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theAgentOfTheCommandLineCanBeToldToGo(boolean isNative) {
        try (Child app = start(jvm().agent(isNative, "USR1=ignore,TERM=log"))) {
            attach(app, isNative, "off");
            ends(app, "USR1", "signaled 10");
            assertThat(app.err().all()).containsExactly("heliograph: off: the agent is gone");
        }
    }

    @Test
    void offWhereThereIsNoAgentDoesNothing() throws IOException {
        try (Child app = start()) {
            List<String> before = state(app, "before");
            attach(app, false, "off");
            assertThat(withoutJar(state(app, "after"))).isEqualTo(before);
            assertThat(app.err().soFar()).containsExactly("heliograph: off: there was no agent");
        }
    }

    /** What the app has registered itself is not the agent's to close. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatTheAppHasRegisteredStays(boolean isNative) throws IOException {
        try (Child app = start(jvm().classPath(ChildJvm.jar(), TEST_CLASSES).agent(isNative, "TERM=log,USR2=log"))) {
            app.tell("observe USR2").out().await("^done observe USR2$");
            attach(app, isNative, "off");
            assertThat(app.err().soFar())
                    .containsExactly("heliograph: off: the agent is gone; the app's own registrations stay, "
                            + "with the dispatcher that serves them");
            try (Courier courier = Courier.send("USR2", app.pid())) {
                assertThat(courier.pid()).isPositive();
                app.out().await("^app saw USR2$");
            }
            app.tell("close").out().await("^done close$");
            attach(app, isNative, "off");
            assertThat(state(app, "after")).noneMatch(fact -> fact.contains("heliograph-"));
            app.tell("observe TERM").out().await("^done observe TERM$");
            ends(app, "TERM", "exited 143");
            assertThat(app.out().soFar()).contains("app saw TERM");
            assertThat(app.err().all()).hasSize(2).endsWith("heliograph: off: there was no agent");
        }
    }

    /** The dispatcher that stays for the app waits again as the app had it: it does not poll for ever. */
    @Test
    void settingsGoWithTheAgent() {
        try (Child app = start(jvm().classPath(ChildJvm.jar(), TEST_CLASSES).agent("TERM=log,wait=spin"))) {
            app.tell("observe USR2").out().await("^done observe USR2$");
            assertThat(ProcStatus.nonBlockingReadEnds(app.pid())).isEqualTo(1);
            attach(app, false, "off");
            assertThat(ProcStatus.nonBlockingReadEnds(app.pid())).isZero();
            app.tell("close").out().await("^done close$");
        }
    }

    /** Signals arrive without pause meanwhile: each is logged or meets what was there before. */
    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseSerialGC", "-XX:+UseG1GC", "-XX:+UseZGC"})
    void underLoad(String collector) throws IOException {
        try (Child app = start(jvm().option(collector))) {
            List<String> atFirst = state(app, "before");
            try (Child sender = Child.start(
                    "sh",
                    "-c",
                    "while kill -s WINCH \"$0\" 2>&- && kill -s URG \"$0\"; do sleep 0.001; done",
                    "" + app.pid())) {
                for (int time = 0; time < 10; time++) {
                    boolean isNative = time % 2 == 0;
                    String logged = "heliograph: WINCH from pid " + sender.pid() + ",";
                    long before = app.err().soFar().stream()
                            .filter(line -> line.startsWith(logged))
                            .count();
                    attach(app, isNative, "WINCH=log,URG=log+ignore");
                    app.err().await("^" + logged, (int) before + 1);
                    attach(app, isNative, "off");
                }
            }
            assertThat(withoutJar(state(app, "after"))).isEqualTo(atFirst);
            assertThat(app.err().soFar())
                    .allSatisfy(line -> assertThat(line)
                            .matches("heliograph: (WINCH|URG) (from pid |[0-9]+ more times ).*|" + NOTICE));
            ends(app, "TERM", "exited 143");
        }
    }

    /** Nothing is lost silently while the agent comes and goes: the app's own worker is told of each of 3000. */
    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseSerialGC", "-XX:+UseG1GC", "-XX:+UseZGC"})
    void eachSignalIsAccountedForWhileItComesAndGoes(String collector) {
        String rounds = "for i in $(seq 300); do \"$0\" \"$1\" 10 queue:RTMIN+3 && sleep 0.01 || exit 1; done";
        try (Child app = start(jvm().classPath(ChildJvm.jar(), TEST_CLASSES).option(collector))) {
            app.tell("on RTMIN+3").out().await("^done on");
            try (Child sender = Child.start("sh", "-c", rounds, Child.helper("send_burst"), "" + app.pid())) {
                for (int time = 0; time < 6; time++) {
                    attach(app, time % 2 == 0, "RTMIN+3=log,USR1=ignore");
                    attach(app, time % 2 == 0, "off");
                }
                assertThat(sender.ended()).isEqualTo("exited 0");
            }
            Facts ledger = Facts.of(app.tell("ledger RTMIN+3 3000").out().await("^ledger .*"));
            assertThat(ledger.get("told")).as("%s", ledger).isEqualTo(3000);
            assertThat(ledger.get("arrived")).as("%s", ledger).isEqualTo(3000);
            assertThat(ledger.get("dispatched") + ledger.get("lost")).isEqualTo(3000);
            ends(app, "TERM", "exited 143");
        }
    }

    private static void ends(Child app, String signal, String end) {
        try (Courier courier = Courier.send(signal, app.pid())) {
            assertThat(courier.pid()).isPositive();
            assertThat(app.ended()).isEqualTo(end);
            if (end.startsWith("exited")) {
                assertThat(app.out().all()).contains("hook ran");
            }
        }
    }

    /** When it returns, the line that the agent says of it is there, too. */
    private static void attach(Child app, boolean isNative, String options) {
        int before = app.err().soFar().size() - events(app).size();
        assertThat(Attacher.attach(app, isNative, options)).contains("return code: 0");
        app.err().await(NOTICE, before + 1);
    }

    private static List<String> events(Child app) {
        return app.err().soFar().stream().filter(line -> !line.matches(NOTICE)).toList();
    }

    private ChildJvm jvm() {
        return ChildJvm.jvm()
                .classPath(TEST_CLASSES)
                .option(
                        "-XX:+EnableDynamicAgentLoading",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "-Djava.io.tmpdir=" + temporary);
    }

    private Child start() {
        return start(jvm());
    }

    /** Once a tool has been let in, the JVM has a thread and a socket for the next. */
    private static Child start(ChildJvm jvm) {
        Child app = jvm.start(AgentHost.class);
        app.out().await("^ready$");
        assertThat(Attacher.jcmd(app, "VM.version")).isNotEmpty();
        return app;
    }

    private List<String> state(Child app, String when) throws IOException {
        app.tell("state " + when).out().await("^done state " + when + "$");
        try (Stream<Path> files = Files.list(temporary)) {
            return Stream.concat(
                            app.out().soFar().stream()
                                    .filter(line -> line.startsWith(when + " "))
                                    .map(line -> line.substring(when.length() + 1)),
                            files.map(Path::toString))
                    .toList();
        }
    }

    /** The system class loader keeps each jar open that it has taken in, and Java has no way to take one back. */
    private static List<String> withoutJar(List<String> state) {
        return state.stream()
                .filter(fact -> !(fact.startsWith("descriptor ") && fact.endsWith(":" + ChildJvm.jar())))
                .toList();
    }
}
