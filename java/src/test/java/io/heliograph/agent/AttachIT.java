package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.agent.PlainApp;
import io.heliograph.programs.agent.WrongAttaches;
import io.heliograph.testing.Attacher;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Courier;
import io.heliograph.testing.Facts;
import org.junit.jupiter.api.Test;

/** The agent enters a JVM that has run for a while. */
class AttachIT {
    @Test
    void logsTheSignalsOfItsOptions() {
        try (Child app = start()) {
            assertThat(Attacher.attach(app, "TERM=log")).contains("return code: 0");
            try (Courier courier = Courier.send("TERM", app.pid())) {
                assertThat(app.ended()).isEqualTo("exited 143");
                assertThat(app.err().all())
                        .hasSize(2)
                        .startsWith("heliograph: attached: TERM=log")
                        .last()
                        .asString()
                        .containsPattern(courier.logged("TERM"));
                assertThat(app.out().all()).containsExactly("ready", "hook ran");
            }
        }
    }

    @Test
    void logsTheDefaultSignalsWithoutOptions() {
        try (Child app = start()) {
            assertThat(Attacher.attach(app, "")).contains("return code: 0");
            try (Courier courier = Courier.send("USR1", app.pid())) {
                assertThat(app.ended()).isEqualTo("signaled 10");
                assertThat(app.err().all())
                        .hasSize(2)
                        .startsWith("heliograph: attached: HUP=log, INT=log, QUIT=log, TERM=log, USR1=log, USR2=log")
                        .last()
                        .asString()
                        .containsPattern(courier.logged("USR1"));
            }
        }
    }

    @Test
    void attachedAgainItReplacesWhatItDid() {
        try (Child app = start()) {
            Attacher.attach(app, "USR1=ignore");
            Attacher.attach(app, "USR1=log+ignore");
            try (Courier courier = Courier.send("USR1", app.pid())) {
                app.err().await(courier.logged("USR1"));
            }
            Attacher.attach(app, "USR2=log");
            try (Courier courier = Courier.send("USR1", app.pid())) {
                assertThat(courier.pid()).isPositive();
                assertThat(app.ended()).isEqualTo("signaled 10");
                assertThat(app.err().all())
                        .hasSize(4)
                        .contains(
                                "heliograph: attached: USR1=ignore",
                                "heliograph: attached: USR1=log+ignore, in place of USR1=ignore",
                                "heliograph: attached: USR2=log, in place of USR1=log+ignore");
            }
        }
    }

    /** Whoever attaches is told, and the app goes on, with what an earlier agent had registered. */
    @Test
    void wrongOptionsLeaveTheAppAlone() {
        try (Child app = start()) {
            Attacher.attach(app, "USR1=log+ignore");
            assertThat(Attacher.attach(app, "INT=ignore,TREM=log")).doesNotContain("return code: 0");
            app.err().await("^heliograph: option \"TREM=log\": TREM is no signal: did you mean TERM\\?$");
            try (Courier courier = Courier.send("USR1", app.pid())) {
                app.err().await(courier.logged("USR1"));
            }
            app.tell("are you there?").out().await("^heard are you there\\?$");
            assertThat(app.err().soFar().stream().filter(said -> said.startsWith("heliograph: ")))
                    .hasSize(3)
                    .startsWith("heliograph: attached: USR1=log+ignore");
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
            assertThat(app.err().all())
                    .allMatch(line -> line.matches("heliograph: (option \"|attached: |off: )[ -~]*"))
                    .filteredOn(line -> line.startsWith("heliograph: option "))
                    .hasSize(1000);
        }
    }

    private static Child start() {
        return ChildJvm.jvm()
                .option("-XX:+EnableDynamicAgentLoading") // so that later JVMs do not warn of it
                .startReady(PlainApp.class, "hook");
    }
}
