package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.PlainApp;
import io.heliograph.programs.WrongAttaches;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Courier;
import io.heliograph.testing.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The agent enters a JVM that has run for a while. */
class AttachIT {
    @Test
    void logsWhatItIsAskedTo() {
        try (Child app = start()) {
            assertThat(attach(app, "TERM=log")).contains("return code: 0");
            try (Courier courier = Courier.send("TERM", app.pid())) {
                assertThat(app.ended()).isEqualTo("exited 143");
                assertThat(app.err().all()).singleElement().asString().containsPattern(courier.logged("TERM"));
                assertThat(app.out().all()).containsExactly("ready", "hook ran");
            }
        }
    }

    @Test
    void logsTheDefaultSignalsWithoutOptions() {
        try (Child app = start()) {
            assertThat(attach(app)).contains("return code: 0");
            try (Courier courier = Courier.send("USR1", app.pid())) {
                assertThat(app.ended()).isEqualTo("signaled 10");
                assertThat(app.err().all()).singleElement().asString().containsPattern(courier.logged("USR1"));
            }
        }
    }

    @Test
    void attachedAgainItReplacesWhatItDid() {
        try (Child app = start()) {
            attach(app, "USR1=ignore");
            attach(app, "USR1=log+ignore");
            try (Courier courier = Courier.send("USR1", app.pid())) {
                app.err().await(courier.logged("USR1"));
            }
            attach(app, "USR2=log");
            try (Courier courier = Courier.send("USR1", app.pid())) {
                assertThat(courier.pid()).isPositive();
                assertThat(app.ended()).isEqualTo("signaled 10");
                assertThat(app.err().all()).hasSize(1);
            }
        }
    }

    /** Whoever attaches is told, and the app goes on, with what an earlier agent had registered. */
    @Test
    void wrongOptionsLeaveTheAppAlone() {
        try (Child app = start()) {
            attach(app, "USR1=log+ignore");
            assertThat(attach(app, "INT=ignore,TREM=log")).doesNotContain("return code: 0");
            app.err().await("^heliograph: option \"TREM=log\": TREM is no signal: did you mean TERM\\?$");
            try (Courier courier = Courier.send("USR1", app.pid())) {
                app.err().await(courier.logged("USR1"));
            }
            app.tell("are you there?").out().await("^heard are you there\\?$");
            assertThat(app.err().soFar().stream().filter(said -> said.startsWith("heliograph: ")))
                    .hasSize(2);
            try (Courier courier = Courier.send("INT", app.pid())) {
                assertThat(courier.pid()).isPositive();
                assertThat(app.ended()).isEqualTo("exited 130");
            }
        }
    }

    /** A thousand times and more, in one JVM: each is refused in one line, and nothing of it stays behind. */
    @Test
    void garbledOptionsNeverHalfStart() {
        try (Child app = ChildJvm.jvm().start(WrongAttaches.class)) {
            assertThat(app.ended()).isEqualTo("exited 0");
            Facts facts = Facts.of(app.out().await("^refused=.*"));
            assertThat(facts.get("refused")).isEqualTo(1000);
            assertThat(facts.get("taken")).isGreaterThan(50);
            assertThat(app.err().all()).hasSize(1000).allMatch(line -> line.matches("heliograph: option \"[ -~]*"));
        }
    }

    private static Child start() {
        Child app = ChildJvm.jvm()
                .option("-XX:+EnableDynamicAgentLoading") // so that later JVMs do not warn of it
                .start(PlainApp.class, "hook");
        app.out().await("^ready$");
        return app;
    }

    /** What jcmd says. It cuts options at the first "=" that is not within quotes of their own. */
    private static List<String> attach(Child app, String... options) {
        List<String> command =
                new ArrayList<>(List.of(ChildJvm.tool("jcmd"), "" + app.pid(), "JVMTI.agent_load", ChildJvm.jar()));
        for (String option : options) {
            command.add('"' + option + '"');
        }
        try (Child jcmd = Child.start(command, Map.of())) {
            return jcmd.out().all();
        }
    }
}
