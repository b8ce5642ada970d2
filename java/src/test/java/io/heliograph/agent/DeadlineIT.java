package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.agent.Ending;
import io.heliograph.testing.Attacher;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An end in order: the app's own way under a deadline, its status, and what a second signal is taken for. */
class DeadlineIT {
    private static final String REPEAT = ", a repeat of the request, arrived ";

    @ParameterizedTest
    @CsvSource({"false, TERM", "true, TERM", "false, INT", "false, HUP"})
    void aPlainAppEndsAsWithoutTheAgent(boolean isNative, String signal) {
        List<String> without = run(ChildJvm.jvm(), "plain", signal);
        List<String> with = run(ChildJvm.jvm().agent(isNative, signal + "=deadline:60s"), "plain", signal);
        assertThat(with).isEqualTo(without);
        assertThat(without).startsWith("ready", "fine at work", "fine done");
    }

    @ParameterizedTest
    @CsvSource({"barrier, exited 0", "'barrier, own status', exited 5"})
    void theHandlerOfTheAppRuns(String kind, String end) {
        List<String> without = run(ChildJvm.jvm(), kind, "TERM");
        try (Child app = ChildJvm.jvm().agent("TERM=deadline:60s").startReady(Ending.class, kind)) {
            send("TERM", app);
            assertThat(app.ended()).isEqualTo(end);
            assertThat(lines(app, end)).isEqualTo(without);
        }
    }

    @Test
    void anAppThatLivesOnIsEndedAtTheDeadline() {
        try (Child app = ChildJvm.jvm().agent("TERM=deadline:1s,exit=0").startReady(Ending.class, "barrier, hang")) {
            send("TERM", app);
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.out().all()).containsExactly("ready", "handled", "hangs");
            app.err()
                    .await("^heliograph: TERM goes to the app's own handler, " + Pattern.quote(Ending.class.getName())
                            + "\\$\\$Lambda. If the process has not ended 1 s after the arrival, it is ended$");
            assertThat(app.err().all())
                    .contains("heliograph: TERM: not ended within 1 s; no exit has begun, and these threads of the app "
                            + "still run: \"main\"; ended now, with status 143");
        }
    }

    @Test
    void aHookThatHangsIsNamed() {
        try (Child app = ChildJvm.jvm().agent("TERM=deadline:1s").startReady(Ending.class, "hang")) {
            send("TERM", app);
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.err().all())
                    .contains("heliograph: TERM: not ended within 1 s; still at work in shutdown hooks: \"hanger\"; "
                            + "ended now, with status 143");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'TERM=deadline:60s,exit=0', plain, exited 0",
        "'TERM=shutdown,exit=0', plain, exited 0",
        "'TERM=shutdown:60s,exit=7', plain, exited 7",
        "'TERM=deadline:60s,exit=7', 'barrier, own status', exited 5",
        "'TERM=deadline:60s,death=signal', plain, signaled 15"
    })
    void anEndInOrderHasTheStatusOfTheOptions(String options, String kind, String end) {
        try (Child app = ChildJvm.jvm().agent(options).startReady(Ending.class, kind)) {
            send("TERM", app);
            assertThat(app.ended()).isEqualTo(end);
            assertThat(app.out().all()).contains(kind.equals("plain") ? "fine done" : "handled");
        }
    }

    /** Two signals, because a second TERM would be merged into a first one that is still pending (signal(7)). */
    @ParameterizedTest
    @ValueSource(strings = {"shutdown", "deadline:60s"})
    void aRepeatIsTheSameRequest(String action) {
        String options = "TERM=log+" + action + ",HUP=log+" + action;
        try (Child app = ChildJvm.jvm().agent(options).startReady(Ending.class, "slow")) {
            Child.run("/bin/sh", "-c", "kill -TERM " + app.pid() + " && kill -HUP " + app.pid());
            app.err().await("^heliograph: (TERM|HUP) from .*" + REPEAT);
            app.out().await("^slow at work$");
            app.tell("go");
            assertThat(app.ended()).matches("exited (143|129)");
            assertThat(app.out().all()).endsWith("slow done");
            assertThat(app.err().all()).hasSize(2).anyMatch(line -> !line.contains(REPEAT));
        }
    }

    /** HotSpot may exit for either. */
    @Test
    void twoSignalsOfOneRequestHaveTheStatus() {
        String options = "TERM=log+deadline:60s,HUP=log+deadline:60s,exit=9";
        try (Child app = ChildJvm.jvm().agent(options).startReady(Ending.class, "slow")) {
            Child.run("/bin/sh", "-c", "kill -TERM " + app.pid() + " && kill -HUP " + app.pid());
            app.err().await("^heliograph: (TERM|HUP) from .*" + REPEAT);
            app.tell("go");
            assertThat(app.ended()).isEqualTo("exited 9");
        }
    }

    /** An INT that has no option, or is only observed, requests the end, too, and is ignored, too. */
    @ParameterizedTest
    @ValueSource(strings = {"", ",INT=log"})
    void noSecondRequestEndsADelayThatIgnoresIt(String more) {
        String options =
                "TERM=log+delay:2s+run:" + Ending.class.getName() + ".drain+deadline:600s,second=ignore" + more;
        try (Child app = ChildJvm.jvm().agent(options).startReady(Ending.class, "plain")) {
            send("TERM", app);
            app.err().await("^heliograph: TERM from ");
            send("INT", app);
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.out().all()).containsExactly("ready", "drained", "fine at work", "fine done");
        }
    }

    @Test
    void aSecondRequestCanBeIgnored() {
        String options = "TERM=log+deadline:600s,second=ignore,format=json";
        try (Child app = ChildJvm.jvm().agent(options).startReady(Ending.class, "slow")) {
            Pattern second = Pattern.compile("\"request\":\"second\"");
            while (app.err().soFar().stream().noneMatch(second.asPredicate())) {
                send("TERM", app);
            }
            app.tell("go");
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.out().all()).endsWith("slow done");
            assertThat(app.err().all().get(0)).contains("\"signal\":\"TERM\"", "\"request\":\"first\"");
        }
    }

    @Test
    void aDeadlineDoesNotCountTheTimeInWhichTheProcessIsStopped() {
        try (Child app = ChildJvm.jvm().agent("TERM=shutdown:4s").startReady(Ending.class, "hang")) {
            send("TERM", app);
            app.out().await("^hanger at work$"); // a TERM that still pends would wait for CONT
            Child.run("/bin/sh", "-c", "kill -STOP $0 && sleep 2 && kill -CONT $0", "" + app.pid());
            assertThat(app.ended()).isEqualTo("exited 143");
            app.err()
                    .await("^heliograph: TERM: not ended within 4 s, not counting [0-9]+ m?s in which the process was "
                            + "stopped; still at work in shutdown hooks: \"hanger\"; ");
        }
    }

    @Test
    void shutdownTellsWhichHandlerItSetsAside() {
        String aside = "TERM=shutdown sets the app's own handler aside, " + Ending.class.getName() + "$Handler: write "
                + "TERM=deadline:20s for one, and it runs";
        try (Child app = ChildJvm.jvm().agent("TERM=shutdown:60s").startReady(Ending.class, "handler later")) {
            app.tell("set").out().await("^set$");
            app.err().await("^heliograph: " + Pattern.quote(aside) + "$");
            send("TERM", app);
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.out().all()).containsExactly("ready", "set", "fine at work", "fine done");
            assertThat(app.err().all()).hasSize(1);
        }
    }

    @Test
    void shutdownThatAttachesTellsItAtOnce() {
        ChildJvm jvm = ChildJvm.jvm().option("-XX:+EnableDynamicAgentLoading");
        try (Child app = jvm.startReady(Ending.class, "barrier")) {
            Attacher.attach(app, "TERM=shutdown:60s");
            app.err().await("^heliograph: TERM=shutdown sets the app's own handler aside, " + Ending.class.getName());
            send("TERM", app);
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.out().all()).containsExactly("ready");
        }
    }

    /** What the app said, and how it ended. */
    private static List<String> run(ChildJvm jvm, String kind, String signal) {
        try (Child app = jvm.startReady(Ending.class, kind)) {
            send(signal, app);
            String end = app.ended();
            assertThat(app.err().all().stream().filter(line -> !line.contains("own handler")))
                    .isEmpty();
            return lines(app, end);
        }
    }

    private static List<String> lines(Child app, String end) {
        List<String> lines = new java.util.ArrayList<>(app.out().all());
        lines.add(end);
        return lines;
    }

    private static void send(String signal, Child app) {
        Child.run("/bin/kill", "-s", signal, "" + app.pid());
    }
}
