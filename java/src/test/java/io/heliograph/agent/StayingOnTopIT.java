package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.agent.HandlerApp;
import io.heliograph.programs.agent.HandlerFire;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Courier;
import io.heliograph.testing.Facts;
import io.heliograph.testing.ProcStatus;
import io.heliograph.testing.Thorough;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An app sets handlers by sun.misc.Signal after the agent has: it keeps its own, and the agent sees every signal. */
class StayingOnTopIT {
    private static final int TERM = 15;
    private static final String[] WITHOUT_CORE = {"sh", "-c", "ulimit -c 0 && exec \"$@\"", "sh"};

    /** Each step is answered as without the agent, and each handler runs; "!" is a signal, and what is then said. */
    private static final List<String> SAVED_AND_RESTORED = List.of(
            "handle TERM a",
            "!TERM a got SIGTERM",
            "handle TERM b",
            "!TERM b got SIGTERM",
            "restore TERM",
            "!TERM a got SIGTERM",
            "handle USR1 c",
            "!USR1 c got SIGUSR1",
            "ignore USR1",
            "handle USR1 d",
            "!USR1 d got SIGUSR1",
            "restore USR1",
            "restore USR1",
            "!USR1 c got SIGUSR1",
            "handle HUP e",
            "!HUP e got SIGHUP",
            "default HUP",
            "restore HUP",
            "!HUP e got SIGHUP",
            "handle QUIT f",
            "handle KILL g",
            "restore TERM");

    @ParameterizedTest
    @ValueSource(strings = {"-Dplain", "-Xcheck:jni", "-Xrs", "-XX:+UseSerialGC"})
    void handlersAreSetAndRestoredAsWithoutTheAgent(String option) {
        List<String> without = run(jvm(option), false);
        List<String> with = run(jvm(option).agent("HUP=log,TERM=log,USR1=log"), true);
        assertThat(with).isEqualTo(without);
        assertThat(without).contains("done handle USR1 c: SIG_DFL").anyMatch(line -> line.startsWith("exited"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Dplain", "-Xcheck:jni", "-Xrs"})
    void soTooWhereTheLibraryIsTheAgent(String option) {
        List<String> without = run(jvm(option), false);
        List<String> with = run(jvm(option).nativeAgent("HUP=log,TERM=log,USR1=log"), true);
        assertThat(with).isEqualTo(without);
    }

    private static ChildJvm jvm(String option) {
        return ChildJvm.jvm().option(option);
    }

    /** What the app says, and how it ends. */
    private static List<String> run(ChildJvm jvm, boolean isLogged) {
        try (Child app = start(jvm)) {
            List<String> steps = new ArrayList<>();
            int signals = 0;
            for (String step : SAVED_AND_RESTORED) {
                if (!step.startsWith("!")) {
                    steps.add(app.tell(step)
                            .out()
                            .await("^done " + step + ": .*", count(steps, "done " + step) + 1)
                            .group());
                    continue;
                }
                String[] words = step.substring(1).split(" ", 2);
                if (!isReduced(steps)) {
                    signals++;
                    send(app, words[0], isLogged);
                    app.out().await("^" + words[1] + "$", count(steps, words[1]) + 1);
                    steps.add(words[1]);
                }
            }
            app.tell("end");
            steps.add(app.ended());
            assertThat(app.err().all()).hasSize(isLogged ? signals : 0);
            assertThat(app.out().all()).noneMatch(line -> line.contains("WARNING") || line.contains("Warning"));
            return steps;
        }
    }

    /** With -Xrs, the JVM lets nobody have HUP, INT and TERM, and has no thread that would call a handler of others. */
    private static boolean isReduced(List<String> steps) {
        return steps.contains("done handle TERM a: Signal already used by VM or OS: SIGTERM");
    }

    private static int count(List<String> lines, String beginning) {
        return (int) lines.stream().filter(line -> line.startsWith(beginning)).count();
    }

    /** As servers do that log a signal and then let the JVM do what it does. */
    @ParameterizedTest
    @CsvSource({"TERM,143,false", "TERM,143,true", "HUP,129,true", "INT,130,true"})
    void theHandlerThatTheAppReplacedCanBeCalled(String signal, int status, boolean withAgent) {
        try (Child app = start(withAgent ? ChildJvm.jvm().agent("") : ChildJvm.jvm())) {
            app.tell("log " + signal + " a").out().await("^done log " + signal + " a: the JVM's$");
            try (Courier courier = Courier.send(signal, app.pid())) {
                assertThat(app.ended()).isEqualTo("exited " + status);
                assertThat(app.out().all()).contains("a got SIG" + signal, "hook ran");
                assertThat(app.err().all()).hasSize(withAgent ? 1 : 0);
                if (withAgent) {
                    app.err().await(courier.logged(signal));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSignalSetToItsDefaultEndsTheApp(boolean withAgent) {
        try (Child app = start(withAgent ? ChildJvm.jvm().agent("") : ChildJvm.jvm())) {
            app.tell("default TERM").out().await("^done default TERM: the JVM's$");
            try (Courier courier = Courier.send("TERM", app.pid())) {
                assertThat(app.ended()).isEqualTo("signaled 15");
                assertThat(app.out().all()).doesNotContain("hook ran");
                if (withAgent) {
                    app.err().await(courier.logged("TERM"));
                }
            }
        }
    }

    /** A worker that catches has the signal until it closes; then what the app asked for meanwhile takes effect. */
    @Test
    void whatTheAppSetsUnderACatchTakesEffectWhenThatCloses() {
        try (Child app = start(ChildJvm.jvm().agent(""))) {
            app.tell("on TERM").out().await("^done on TERM: ok$");
            app.tell("handle TERM a").out().await("^done handle TERM a: the JVM's$");
            send(app, "TERM", true);
            app.out().await("^caught SIGTERM$");
            app.tell("close").out().await("^done close: ok$");
            send(app, "TERM", true);
            app.out().await("^a got SIGTERM$");
            assertThat(app.out().soFar()).filteredOn("a got SIGTERM"::equals).hasSize(1);
            assertThat(app.out().soFar()).filteredOn("caught SIGTERM"::equals).hasSize(1);
        }
    }

    /** What the operator has asked for goes before what the app asks for. */
    @Test
    void whatTheOperatorIgnoresStaysIgnored() {
        try (Child app = start(ChildJvm.jvm().agent("TERM=ignore,USR1=log"))) {
            app.tell("handle TERM a").out().await("^done handle TERM a: the JVM's$");
            assertThat(ProcStatus.ignores(app.pid(), TERM)).isTrue();
            app.tell("handle TERM b").out().await("^done handle TERM b: the app's$");
            assertThat(ProcStatus.ignores(app.pid(), TERM)).isTrue();
        }
    }

    /** It is the JVM itself that leaves such a signal ignored. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatNohupIgnoresStaysIgnored(boolean withAgent) {
        ChildJvm jvm = ChildJvm.jvm().after("sh", "-c", "trap '' HUP && exec \"$@\"", "sh");
        try (Child app = start(withAgent ? jvm.agent("") : jvm)) {
            app.tell("handle HUP a").out().await("^done handle HUP a: SIG_IGN$");
            assertThat(ProcStatus.ignores(app.pid(), 1)).isTrue();
        }
    }

    /** Outside ones go to the app's handler, and HotSpot's own, by which it suspends threads, to HotSpot. */
    @Test
    void usr2GoesToTheApp() {
        try (Child app = start(ChildJvm.jvm().agent(""))) {
            for (int time = 1; time <= 3; time++) {
                app.tell("handle USR2 a").out().await("^done handle USR2 a: native$", time);
                send(app, "USR2", true);
                app.out().await("^a got SIGUSR2$", time);
                app.tell("restore USR2").out().await("^done restore USR2: the app's$", time);
                send(app, "USR2", true);
            }
            assertThat(app.out().soFar()).filteredOn("a got SIGUSR2"::equals).hasSize(3);
        }
    }

    /** PIPE is then the JVM's in the kernel, and libjsig keeps what the app sets for the JVM to call. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void libjsigStandsBetween(boolean withAgent) {
        Path libjsig = Path.of(System.getProperty("java.home"), "lib", "libjsig.so");
        ChildJvm jvm = ChildJvm.jvm().after("env", "LD_PRELOAD=" + libjsig);
        try (Child app = start(withAgent ? jvm.agent("TERM=log,PIPE=log") : jvm)) {
            app.tell("handle TERM a").out().await("^done handle TERM a: the JVM's$");
            app.tell("handle PIPE b").out().await("^done handle PIPE b: SIG_DFL$");
            send(app, "TERM", withAgent);
            app.out().await("^a got SIGTERM$");
            send(app, "PIPE", withAgent);
            app.out().await("^b got SIGPIPE$");
            app.tell("restore TERM").out().await("^done restore TERM: the app's$");
            try (Courier courier = Courier.send("TERM", app.pid())) {
                assertThat(courier.pid()).isPositive();
                assertThat(app.ended()).isEqualTo("exited 143");
            }
        }
    }

    @Test
    void underFireEveryArrivalIsSeenAndHandled() {
        seesAndHandlesEachUnderFire("-Dplain", "observe");
    }

    @ParameterizedTest
    @CsvSource({"-Xcheck:jni,observe", "-Dplain,on"})
    @Thorough
    void underFireEveryArrivalIsSeenAndHandledCheckedAndCaught(String option, String how) {
        seesAndHandlesEachUnderFire(option, how);
    }

    private static void seesAndHandlesEachUnderFire(String option, String how) {
        try (Child app = ChildJvm.jvm().option(option).start(HandlerFire.class, how)) {
            app.out().await("^fire$");
            Child.run(Child.helper("send_burst"), "" + app.pid(), "3000", "kill:USR1");
            app.tell("ceased");
            Facts fire = Facts.of(app.out().await("^fire .*"));
            System.out.println("StayingOnTopIT: " + how + " " + fire);
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(fire.get("raised")).isPositive();
            assertThat(fire.get("changes")).isPositive();
            assertThat(fire.get("arrived")).isGreaterThan(fire.get("raised")); // those from outside may coalesce
            assertThat(fire.get("seen")).isEqualTo(fire.get("arrived"));
            assertThat(fire.get("dispatched") + fire.get("lost")).isEqualTo(fire.get("arrived"));
            assertThat(fire.get("handled")).isEqualTo(how.equals("on") ? 0 : fire.get("arrived"));
            assertThat(app.err().all()).isEmpty();
        }
    }

    private static Child start(ChildJvm jvm) {
        return jvm.after(WITHOUT_CORE).startReady(HandlerApp.class);
    }

    private static void send(Child app, String signal, boolean isLogged) {
        try (Courier courier = Courier.send(signal, app.pid())) {
            assertThat(courier.pid()).isPositive();
            if (isLogged) {
                app.err().await(courier.logged(signal));
            }
        }
    }
}
