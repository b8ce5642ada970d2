package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.signals.JfrSampling;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Facts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * JFR samples threads by signals: USR2 stops one to look at its stack, and on Java 25 a timer's PROF makes it look itself.
 * What we do with the signal leaves it its samples.
 */
class JfrIT {
    /** Many short ones: what others do to the machine meanwhile is the same for both sides then. */
    private static final String TURNS = "10";

    private static final String MILLIS = "300";

    /** Of some 300: a ratio of fewer says nothing. */
    private static final int ENOUGH = 60;

    @ParameterizedTest
    @CsvSource({"catch,before", "observe,before", "ignore,before", "catch,after"})
    void aUsr2WorkerLeavesJfrItsSamples(String what, String when) {
        Facts samples = samples(ChildJvm.jvm(), "jdk.ExecutionSample", "USR2", what, when);
        assertThat(samples.get("without")).isGreaterThan(ENOUGH);
        assertThat(samples.get("with")).as("%s", samples).isGreaterThanOrEqualTo(samples.get("without") * 8 / 10);
        assertThat(samples.get("got")).isZero();
    }

    /** As {@link #aUsr2WorkerLeavesJfrItsSamples} in all but the means: this is why the project exists. */
    @Test
    void aSunMiscUsr2HandlerTakesAllOfThem() {
        Facts samples = samples(ChildJvm.jvm(), "jdk.ExecutionSample", "USR2", "sun-misc", "before");
        assertThat(samples.get("without")).isGreaterThan(ENOUGH);
        assertThat(samples.get("with")).isZero();
        assertThat(samples.get("got")).isGreaterThan(ENOUGH);
    }

    /** Under the agent the JVM is the observed one from its start. */
    @ParameterizedTest
    @CsvSource({"false", "true"})
    void theAgentLeavesJfrItsSamples(boolean isNative) {
        Facts samples = samples(ChildJvm.jvm().agent(isNative, ""), "jdk.ExecutionSample", "USR2", "catch", "before");
        assertThat(samples.get("without")).isGreaterThan(ENOUGH);
        assertThat(samples.get("with")).as("%s", samples).isGreaterThanOrEqualTo(samples.get("without") * 8 / 10);
    }

    /** HotSpot can be told to use another signal; then that one is left to it. */
    @Test
    void theSignalThatHotSpotWasToldToUseIsLeftToIt() {
        ChildJvm jvm = ChildJvm.jvm().environment("_JAVA_SR_SIGNUM", "40");
        Facts samples = samples(jvm, "jdk.ExecutionSample", "40", "catch", "before");
        assertThat(samples.get("without")).isGreaterThan(ENOUGH);
        assertThat(samples.get("with")).as("%s", samples).isGreaterThanOrEqualTo(samples.get("without") * 8 / 10);
        assertThat(samples.get("got")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"catch", "observe", "ignore"})
    @EnabledForJreRange(min = JRE.JAVA_25) // the event is as old
    void profPutOnWhileARecordingRunsLeavesCpuTimeSamples(String what) {
        Facts samples = samples(ChildJvm.jvm(), "jdk.CPUTimeSample", "PROF", what, "after");
        assertThat(samples.get("without")).isGreaterThan(ENOUGH);
        assertThat(samples.get("with")).as("%s", samples).isGreaterThanOrEqualTo(samples.get("without") * 8 / 10);
        assertThat(samples.get("got")).isZero();
    }

    /** JFR refuses to take the signal where somebody has it, whoever it is, and says so. */
    @ParameterizedTest
    @CsvSource({"catch", "observe", "sun-misc"})
    @EnabledForJreRange(min = JRE.JAVA_25)
    void profPutOnBeforeARecordingTakesCpuTimeSamplesAndJfrSaysSo(String what) {
        try (Child child = start(ChildJvm.jvm(), "jdk.CPUTimeSample", "PROF", what, "before", "1", "1000")) {
            Facts samples = Facts.of(child.out().await("^samples .*"));
            assertThat(samples.get("without")).isGreaterThan(20);
            assertThat(samples.get("with")).isZero();
            child.out().await("\\[jfr\\] Conflicting SIGPROF handler found: .* will not be recorded$");
        }
    }

    private static Facts samples(ChildJvm jvm, String event, String signal, String what, String when) {
        try (Child child = start(jvm, event, signal, what, when, TURNS, MILLIS)) {
            return Facts.of(child.out().await("^samples .*"));
        }
    }

    private static Child start(ChildJvm jvm, String... arguments) {
        return jvm.start(JfrSampling.class, arguments);
    }
}
