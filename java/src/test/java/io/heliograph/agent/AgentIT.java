package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.agent.PlainApp;
import io.heliograph.programs.agent.SignalsApp;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Courier;
import io.heliograph.testing.ProcStatus;
import io.heliograph.testing.Thorough;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the agent's options do, in an app that knows nothing of it. */
class AgentIT {
    private static final int INT = 2;
    private static final int TERM = 15;

    /** Without options, each is seen, and ends the app as it would have ended it without the agent. */
    @ParameterizedTest
    @CsvSource({
        "HUP,exited 129,hook ran",
        "INT,exited 130,hook ran",
        "TERM,exited 143,hook ran",
        "USR1,signaled 10,",
    })
    void seesTheSignalThatEndsTheApp(String signal, String end, String hook) {
        List<String> without = outputOfEnd(ChildJvm.jvm(), signal, end);
        try (Child app = start(ChildJvm.jvm().agent(""), "hook");
                Courier courier = Courier.send(signal, app.pid())) {
            assertThat(app.ended()).isEqualTo(end);
            assertThat(app.err().all()).singleElement().asString().containsPattern(courier.logged(signal));
            assertThat(app.out().all()).isEqualTo(without).hasSize(hook == null ? 1 : 2);
        }
    }

    @Test
    void seesQuitAndTheThreadDumpIsPrinted() {
        try (Child app = start(ChildJvm.jvm().agent(""));
                Courier courier = Courier.send("QUIT", app.pid())) {
            app.err().await(courier.logged("QUIT"));
            app.out().await("^Full thread dump ");
            app.out().await("^\"main\" ");
            app.out().await(ChildJvm.LAST_OF_THREAD_DUMP);
            livesOn(app);
        }
    }

    /** On 17 it would end the JVM: HotSpot suspends its own threads with it. */
    @Test
    void seesUsr2FromOutsideAndTheAppLivesOn() {
        try (Child app = start(ChildJvm.jvm().agent(""))) {
            for (int time = 0; time < 10; time++) {
                try (Courier courier = Courier.send("USR2", app.pid())) {
                    app.err().await(courier.logged("USR2"));
                }
            }
            livesOn(app);
            assertThat(app.err().soFar()).hasSize(10);
        }
    }

    /** Without a hook of its own, the app would be gone before anybody could write a line. */
    @Test
    void theLastLineIsNotLost() {
        logsTheSignalThatEndsIt();
    }

    @RepeatedTest(20)
    @Thorough
    void theLastLineIsNeverLost() {
        logsTheSignalThatEndsIt();
    }

    private static void logsTheSignalThatEndsIt() {
        try (Child app = start(ChildJvm.jvm().agent("TERM=log"));
                Courier courier = Courier.send("TERM", app.pid())) {
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.err().all()).singleElement().asString().containsPattern(courier.logged("TERM"));
        }
    }

    @Test
    void logsOnlyTheSignalsOfItsOptions() {
        try (Child app = start(ChildJvm.jvm().agent("USR2=log"));
                Courier courier = Courier.send("USR2", app.pid());
                Courier unseen = Courier.send("TERM", app.pid())) {
            assertThat(unseen.pid()).isNotEqualTo(courier.pid());
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.err().all()).singleElement().asString().containsPattern(courier.logged("USR2"));
        }
    }

    @ParameterizedTest
    @CsvSource({"INT,2", "TERM,15", "USR1,10"})
    void ignore(String signal, int number) {
        try (Child app = start(ChildJvm.jvm().agent(signal + "=ignore"));
                Courier courier = Courier.send(signal, app.pid())) {
            assertThat(courier.pid()).isPositive();
            livesOn(app);
            assertThat(ProcStatus.ignores(app.pid(), number)).isTrue();
            assertThat(app.err().soFar()).isEmpty();
        }
    }

    /** The JVM's own orderly exit does not happen. */
    @Test
    void defaultEndsTheAppByTheSignalWithoutItsHooks() {
        try (Child app = start(ChildJvm.jvm().agent("TERM=default"), "hook");
                Courier courier = Courier.send("TERM", app.pid())) {
            assertThat(courier.pid()).isPositive();
            assertThat(app.ended()).isEqualTo("signaled 15");
            assertThat(app.out().all()).containsExactly("ready");
            assertThat(app.err().all()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM=log+ignore", "TERM=ignore+log"})
    void logAndIgnore(String options) {
        try (Child app = start(ChildJvm.jvm().agent(options));
                Courier courier = Courier.send("TERM", app.pid())) {
            app.err().await(courier.logged("TERM"));
            livesOn(app);
            assertThat(ProcStatus.ignores(app.pid(), TERM)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM=log+default", "TERM=default+log"})
    void logAndDefault(String options) {
        try (Child app = start(ChildJvm.jvm().agent(options), "hook");
                Courier courier = Courier.send("TERM", app.pid())) {
            assertThat(app.ended()).isEqualTo("signaled 15");
            assertThat(app.err().all()).singleElement().asString().containsPattern(courier.logged("TERM"));
            assertThat(app.out().all()).containsExactly("ready");
        }
    }

    /** What spins must find its end of the pipe non-blocking. */
    @ParameterizedTest
    @CsvSource({"wait=spin,1", "wait=block,0", "'USR2=log,wait=spin',1", "'',0"})
    void waitsAsConfigured(String options, int nonBlockingPipes) {
        try (Child app = start(ChildJvm.jvm().agent(options));
                Courier courier = Courier.send("USR2", app.pid())) {
            app.err().await(courier.logged("USR2"));
            livesOn(app);
            assertThat(ProcStatus.nonBlockingReadEnds(app.pid())).isEqualTo(nonBlockingPipes);
        }
    }

    @Test
    void logsARealTimeSignal() {
        try (Child app = start(ChildJvm.jvm().agent("RTMIN+3=log"));
                Courier courier = Courier.send("37", app.pid())) {
            assertThat(app.ended()).isEqualTo("signaled 37");
            assertThat(app.err().all())
                    .singleElement()
                    .asString()
                    .startsWith("heliograph: RTMIN+3 from pid " + courier.pid() + ",");
        }
    }

    /** An observer is waited for when the JVM exits, but not by the very thread that makes it exit. */
    @Test
    void anInlineWorkerMayCallExit() {
        try (Child app = start(SignalsApp.class, ChildJvm.jvm().agent(""))) {
            app.tell("exit-on USR1 7").out().await("^done exit-on");
            try (Courier courier = Courier.send("USR1", app.pid())) {
                assertThat(courier.pid()).isPositive();
                assertThat(app.ended()).isEqualTo("exited 7");
            }
        }
    }

    /** The app's own registration decides what the signal does; the agent goes on to look. */
    @Test
    void seesWhatTheAppCatches() {
        try (Child app = start(SignalsApp.class, ChildJvm.jvm().agent(""))) {
            app.tell("on INT").out().await("^done on INT$");
            try (Courier courier = Courier.send("INT", app.pid())) {
                app.err().await(courier.logged("INT"));
                app.out().await("^event INT Sent$");
            }
            app.tell("close").out().await("^done close$");
            try (Courier courier = Courier.send("INT", app.pid())) {
                app.err().await(courier.logged("INT"));
                assertThat(app.ended()).isEqualTo("exited 130");
            }
        }
    }

    @Test
    void doesNotDisturbWhatItsChildrenInherit() {
        try (Child app = start(ChildJvm.jvm().agent(""))) {
            String mask = app.tell("child").out().await("^SigIgn:\\s*(\\w+)$").group(1);
            assertThat(ProcStatus.has(mask, INT)).isFalse();
            assertThat(ProcStatus.has(mask, TERM)).isFalse();
        }
    }

    private static List<String> outputOfEnd(ChildJvm jvm, String signal, String end) {
        try (Child app = start(jvm, "hook");
                Courier courier = Courier.send(signal, app.pid())) {
            assertThat(courier.pid()).isPositive();
            assertThat(app.ended()).isEqualTo(end);
            return app.out().all();
        }
    }

    private static Child start(ChildJvm jvm, String... arguments) {
        return jvm.startReady(PlainApp.class, arguments);
    }

    private static Child start(Class<?> main, ChildJvm jvm) {
        return jvm.startReady(main);
    }

    private static void livesOn(Child app) {
        app.tell("are you there?").out().await("^heard are you there\\?$");
    }
}
