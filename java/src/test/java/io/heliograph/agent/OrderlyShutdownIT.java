package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.Signal;
import io.heliograph.Signals;
import io.heliograph.programs.agent.Hooks;
import io.heliograph.testing.Attacher;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Courier;
import io.heliograph.testing.Eventually;
import io.heliograph.testing.ProcStatus;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The exit that a signal begins is the JVM's own, and a second request ends it. */
class OrderlyShutdownIT {
    private static final String DYNAMIC = "-XX:+EnableDynamicAgentLoading";

    @ParameterizedTest
    @CsvSource({
        "TERM, shutdown:60s, exited 143",
        "TERM, shutdown, exited 143",
        "INT, shutdown:60s, exited 130",
        "HUP, shutdown:60s, exited 129",
        "USR1, shutdown:60s, exited 138",
        "USR2, shutdown:60s, exited 140"
    })
    void hooksRunAndTheStatusIsTheSignals(String signal, String action, String end) {
        try (Child app = start(ChildJvm.jvm(), signal + "=" + action, "fine")) {
            send(signal, app);
            assertThat(app.ended()).isEqualTo(end);
            assertThat(app.out().all()).containsExactly("ready", "fine at work");
            assertThat(app.err().all()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xrs", "-Xcheck:jni", "-XX:+UseSerialGC", "-XX:+UseZGC"})
    void inWhateverJvm(String option) {
        try (Child app = start(ChildJvm.jvm().option(option), "TERM=shutdown:60s", "fine")) {
            send("TERM", app);
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.out().all()).containsExactly("ready", "fine at work");
            assertThat(app.err().all()).isEmpty();
        }
    }

    @Test
    void theOtherActionsOfTheSignalComeToo() {
        try (Child app = start(ChildJvm.jvm(), "TERM=log+shutdown:60s", "fine");
                Courier courier = Courier.send("TERM", app.pid())) {
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.out().all()).containsExactly("ready", "fine at work");
            assertThat(app.err().all()).singleElement().asString().containsPattern(courier.logged("TERM"));
        }
    }

    @ParameterizedTest
    @CsvSource({"TERM, signal, signaled 15", "TERM, status, exited 143", "INT, signal, signaled 2"})
    void afterTheHooksItEndsAsConfigured(String signal, String death, String end) {
        try (Child app = start(ChildJvm.jvm(), signal + "=shutdown:60s,death=" + death, "fine")) {
            send(signal, app);
            assertThat(app.ended()).isEqualTo(end);
            assertThat(app.out().all()).containsExactly("ready", "fine at work");
            assertThat(app.err().all()).isEmpty();
        }
    }

    /** A status that a hook chose is the app's own word. */
    @Test
    void aHookThatHaltsKeepsItsStatus() {
        try (Child app = start(ChildJvm.jvm(), "TERM=shutdown:60s,death=signal", "halt")) {
            send("TERM", app);
            assertThat(app.ended()).isEqualTo("exited 3");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TERM, shutdown, status, exited 143",
        "INT, shutdown, status, exited 143",
        "INT, shutdown:60s, status, exited 143",
        "USR1, shutdown:60s, status, exited 143",
        "TERM, shutdown, signal, signaled 15"
    })
    void aSecondRequestEndsItAtOnce(String second, String action, String death, String end) {
        String options = "TERM=" + action + ",USR1=shutdown,death=" + death;
        try (Child app = start(ChildJvm.jvm(), options, "hang")) {
            send("TERM", app);
            app.out().await("^hanger at work$");
            app.killUntilEnded(second);
            assertThat(app.ended()).isEqualTo(end);
            assertThat(app.err().all())
                    .containsExactly("heliograph: " + second + " during the shutdown that TERM began: ended at once");
        }
    }

    /** Of TERM, the kernel merges those that arrive while one is pending. It queues real-time signals. */
    @ParameterizedTest
    @CsvSource({"TERM, exited 143", "RTMIN+3, exited 165"})
    void threeRelaysAtOnceChangeNothing(String signal, String end) {
        try (Child app = start(ChildJvm.jvm(), signal + "=shutdown", "fine")) {
            for (int i = 0; i < 4; i++) {
                Signals.send(app.pid(), Signal.of(signal));
            }
            assertThat(app.ended()).isEqualTo(end);
            assertThat(app.out().all()).containsExactly("ready", "fine at work");
            assertThat(app.err().all()).isEmpty();
        }
    }

    /** Even where no Java runs. */
    @Test
    void aSecondRequestEndsAVmThatIsStuck() {
        ChildJvm jvm =
                ChildJvm.jvm().option("-XX:-UseCountedLoopSafepoints", "-XX:LoopStripMiningIter=0", "-XX:+UseSerialGC");
        try (Child app = start(jvm, "TERM=shutdown", "stuck")) {
            send("TERM", app);
            app.killUntilEnded("TERM");
            assertThat(app.ended()).isEqualTo("exited 143");
        }
    }

    /** An operator's word counts for more than what the app has set for itself. */
    @Test
    void anAppWithAHandlerOfItsOwn() {
        try (Child app = ChildJvm.jvm().option(DYNAMIC).start(Hooks.class, "handler")) {
            app.out().await("^ready$");
            assertThat(Attacher.attach(app, "TERM=shutdown:60s")).contains("return code: 0");
            send("TERM", app);
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.out().all()).containsExactly("ready", "fine at work");
        }
    }

    @Test
    void anAppThatSetsAHandlerOfItsOwnLater() {
        try (Child app = start(ChildJvm.jvm(), "TERM=shutdown:60s", "handler")) {
            send("TERM", app);
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.out().all()).containsExactly("ready", "fine at work");
        }
    }

    /** The agent attached again with other options: what it had for the shutdown is gone, and the JVM exits as ever. */
    @Test
    void whatIsReplacedLeavesNothingBehind() {
        try (Child app = ChildJvm.jvm().option(DYNAMIC).start(Hooks.class, "fine")) {
            app.out().await("^ready$");
            Attacher.attach(app, "TERM=shutdown:60s,INT=shutdown");
            assertThat(ourThreads(app)).contains("heliograph-exit", "heliograph-dead", "heliograph-time");
            Attacher.attach(app, "TERM=log");
            List<String> gone = List.of("heliograph-exit", "heliograph-dead", "heliograph-time");
            // A thread that has been joined is in the kernel's list for a moment longer.
            Eventually.until("none of " + gone, () -> Collections.disjoint(ourThreads(app), gone));
            Attacher.attach(app, "TERM=shutdown:50s,death=signal");
            Attacher.attach(app, "TERM=shutdown:60s");
            assertThat(ourThreads(app)).containsOnlyOnce("heliograph-exit", "heliograph-dead", "heliograph-time");
            send("TERM", app);
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.out().all()).containsExactly("ready", "fine at work");
            assertThat(app.err().all())
                    .hasSize(4)
                    .endsWith(
                            "heliograph: attached: TERM=shutdown:50s, death=signal, in place of TERM=log",
                            "heliograph: attached: TERM=shutdown:60s, in place of TERM=shutdown:50s, death=signal");
        }
    }

    private static List<String> ourThreads(Child app) {
        return ProcStatus.threadNames(app.pid()).stream()
                .filter(name -> name.startsWith("heliograph"))
                .toList();
    }

    private static Child start(ChildJvm jvm, String options, String kind) {
        return jvm.agent(options).startReady(Hooks.class, kind);
    }

    private static void send(String signal, Child app) {
        Child.run("sh", "-c", "kill -s \"$1\" \"$2\"", "sh", signal, "" + app.pid());
    }
}
