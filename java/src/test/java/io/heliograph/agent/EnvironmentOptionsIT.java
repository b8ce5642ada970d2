package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.agent.PlainApp;
import io.heliograph.testing.Attacher;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Courier;
import io.heliograph.testing.ProcStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options from the three environment variables that reach an agent. */
class EnvironmentOptionsIT {
    private static final String OURS = "HELIOGRAPH_OPTIONS";
    private static final int HUP = 1;
    private static final int INT = 2;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theCommandLineWinsSignalBySignal(boolean isNative) {
        ChildJvm jvm = ChildJvm.jvm().environment(OURS, " USR1=log+ignore,INT=log \n");
        try (Child app = jvm.agent(isNative, "INT=ignore,HUP=ignore").startReady(PlainApp.class)) {
            assertThat(ProcStatus.ignores(app.pid(), INT)).isTrue();
            assertThat(ProcStatus.ignores(app.pid(), HUP)).isTrue();
            try (Courier courier = Courier.send("USR1", app.pid())) {
                app.err().await(courier.logged("USR1"));
            }
            assertThat(app.err().soFar()).hasSize(1);
        }
    }

    /** Whatever the command line says, right or wrong. */
    @ParameterizedTest
    @CsvSource({"false,''", "true,''", "false,TREM=log", "true,TREM=log", "false,'required=on,tools=on'"})
    void offKeepsTheAgentOut(boolean isNative, String options) {
        ChildJvm jvm = ChildJvm.jvm().environment(OURS, "off");
        try (Child app = jvm.agent(isNative, options).startReady(PlainApp.class)) {
            assertThat(ProcStatus.threadNames(app.pid())).noneMatch(name -> name.startsWith("heliograph"));
            app.tell("exit 7");
            assertThat(app.ended()).isEqualTo("exited 7");
            assertThat(app.err().all()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"false,''", "true,''", "false,' '", "true,' '"})
    void anEmptyValueIsNone(boolean isNative, String value) {
        ChildJvm jvm = ChildJvm.jvm().environment(OURS, value);
        try (Child app = jvm.agent(isNative, "").startReady(PlainApp.class);
                Courier courier = Courier.send("TERM", app.pid())) {
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.err().all()).singleElement().asString().containsPattern(courier.logged("TERM"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "JAVA_TOOL_OPTIONS  | AGENT=TREM=log | option \"TREM=log\": TREM is no signal: did you mean TERM?",
                "JDK_JAVA_OPTIONS   | AGENT=TREM=log | option \"TREM=log\": TREM is no signal: did you mean TERM?",
                "HELIOGRAPH_OPTIONS | TREM=log | HELIOGRAPH_OPTIONS: option \"TREM=log\": TREM is no signal: did you mean TERM?",
                "HELIOGRAPH_OPTIONS | TERM=log, | HELIOGRAPH_OPTIONS: option \"\": nothing stands there: leave the comma out",
                "HELIOGRAPH_OPTIONS | HUP=log,off | HELIOGRAPH_OPTIONS: option \"off\": off stands alone: "
                        + "leave the other options out",
            })
    void aWrongOneStopsTheStart(String variable, String value, String message) {
        ChildJvm jvm = ChildJvm.jvm();
        if (variable.equals(OURS)) {
            jvm.agent("TERM=log");
        }
        try (Child app = jvm.environment(variable, value.replace("AGENT", "-javaagent:" + ChildJvm.jar()))
                .start(PlainApp.class)) {
            assertThat(app.ended()).isEqualTo("exited 64");
            assertThat(app.out().all()).isEmpty();
            assertThat(app.err().all())
                    .filteredOn(line -> !line.contains("Picked up J"))
                    .containsExactly("heliograph: " + message);
        }
    }

    /** The JVM reads JAVA_TOOL_OPTIONS first. So the agent of the command line comes later, and holds. */
    @Test
    void allThreeAtOnce() {
        String agent = "-javaagent:" + ChildJvm.jar() + "=";
        ChildJvm jvm = ChildJvm.jvm()
                .environment("JAVA_TOOL_OPTIONS", agent + "USR1=log")
                .environment("JDK_JAVA_OPTIONS", agent + "INT=ignore")
                .environment(OURS, "HUP=ignore,INT=log");
        try (Child app = jvm.startReady(PlainApp.class)) {
            assertThat(app.err().soFar())
                    .filteredOn(line -> !line.contains("Picked up J"))
                    .containsExactly(
                            "heliograph: started: INT=ignore, HUP=ignore, in place of USR1=log, HUP=ignore, INT=log");
            assertThat(ProcStatus.ignores(app.pid(), INT)).isTrue();
            assertThat(ProcStatus.ignores(app.pid(), HUP)).isTrue();
        }
    }

    /** The attaching process gives all options. Only the start is kept out by off. */
    @Test
    void theyAreNotForAnAgentThatAttaches() {
        ChildJvm jvm = ChildJvm.jvm().environment(OURS, "off").option("-XX:+EnableDynamicAgentLoading");
        try (Child app = jvm.agent("").startReady(PlainApp.class)) {
            assertThat(Attacher.attach(app, "HUP=ignore")).contains("return code: 0");
            app.err().await("^heliograph: attached: HUP=ignore$");
        }
    }
}
