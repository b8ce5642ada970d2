package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.signals.JfrSampling;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Facts;
import io.heliograph.testing.Thorough;
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
    /** Far more than are needed: where JFR takes no samples, the test fails and does not hang. */
    private static final String MOST_RECORDINGS = "200";

    @Test
    void jfrTakesSamplesBesideAUsr2Worker() {
        takesSamples(ChildJvm.jvm(), "jdk.ExecutionSample", "USR2", "catch", "before");
    }

    @ParameterizedTest
    @CsvSource({"observe,before", "ignore,before", "catch,after"})
    @Thorough
    void jfrTakesSamplesWhateverIsOnUsr2(String what, String when) {
        takesSamples(ChildJvm.jvm(), "jdk.ExecutionSample", "USR2", what, when);
    }

    /** This is why the project exists. */
    @Test
    void aSunMiscUsr2HandlerReceivesJfrsSignalsAndJfrTakesNoSamples() {
        Facts samples = samples(ChildJvm.jvm(), "jdk.ExecutionSample", "USR2", "sun-misc", "before");
        assertThat(samples.get("without")).isGreaterThanOrEqualTo(JfrSampling.ENOUGH);
        assertThat(samples.get("with")).isZero();
        assertThat(samples.get("got")).isGreaterThanOrEqualTo(JfrSampling.ENOUGH);
    }

    @Test
    void jfrTakesSamplesUnderTheAgent() {
        takesSamples(ChildJvm.jvm().agent(""), "jdk.ExecutionSample", "USR2", "catch", "before");
    }

    @Test
    @Thorough
    void jfrTakesSamplesUnderTheNativeAgent() {
        takesSamples(ChildJvm.jvm().nativeAgent(""), "jdk.ExecutionSample", "USR2", "catch", "before");
    }

    /** HotSpot can be started with another signal in place of USR2: that one is then HotSpot's. */
    @Test
    void theSignalThatHotSpotWasStartedWithStaysHotSpots() {
        ChildJvm jvm = ChildJvm.jvm().environment("_JAVA_SR_SIGNUM", "40");
        takesSamples(jvm, "jdk.ExecutionSample", "40", "catch", "before");
    }

    @ParameterizedTest
    @CsvSource({"catch", "observe", "ignore"})
    @EnabledForJreRange(min = JRE.JAVA_25) // the event is as old
    @Thorough
    void profPutOnWhileARecordingRunsLeavesCpuTimeSamples(String what) {
        takesSamples(ChildJvm.jvm(), "jdk.CPUTimeSample", "PROF", what, "after");
    }

    /** JFR refuses to take the signal where anything is on it, and says so. */
    @ParameterizedTest
    @CsvSource({"catch", "observe", "sun-misc"})
    @EnabledForJreRange(min = JRE.JAVA_25)
    void profPutOnBeforeARecordingTakesCpuTimeSamplesAndJfrSaysSo(String what) {
        try (Child child = start(ChildJvm.jvm(), "jdk.CPUTimeSample", "PROF", what, "before", "2")) {
            Facts samples = Facts.of(child.out().await("^samples .*"));
            assertThat(samples.get("without")).isPositive();
            assertThat(samples.get("with")).isZero();
            child.out().await("\\[jfr\\] Conflicting SIGPROF handler found: .* will not be recorded$");
        }
    }

    /** JFR takes as many samples with the worker as without it, and the worker receives none of JFR's signals. */
    private static void takesSamples(ChildJvm jvm, String event, String signal, String what, String when) {
        Facts samples = samples(jvm, event, signal, what, when);
        assertThat(samples.get("without")).isGreaterThanOrEqualTo(JfrSampling.ENOUGH);
        assertThat(samples.get("with")).as("%s", samples).isGreaterThanOrEqualTo(JfrSampling.ENOUGH);
        assertThat(samples.get("got")).isZero();
    }

    private static Facts samples(ChildJvm jvm, String event, String signal, String what, String when) {
        try (Child child = start(jvm, event, signal, what, when, MOST_RECORDINGS)) {
            return Facts.of(child.out().await("^samples .*"));
        }
    }

    private static Child start(ChildJvm jvm, String... arguments) {
        return jvm.start(JfrSampling.class, arguments);
    }
}
