package io.heliograph;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.raise.RaisingApp;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exceptions that the agent raises in the main thread, and JVMs that let nobody raise one. */
class RaiseAgentIT {
    /** The main thread of most servers ends when all is set up. */
    @Test
    void theAgentLeavesTheSignalToTheJvmWhereTheMainThreadHasEnded() {
        try (Child app = ChildJvm.jvm().agent(false, "INT=raise").startReady(RaisingApp.class, "gone")) {
            Signals.send(app.pid(), Signal.INT);
            assertThat(app.ended()).isEqualTo("exited 130");
        }
    }

    @Test
    void aRefusalKeepsNothing() {
        String debugger = "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=localhost:0";
        try (Child app = ChildJvm.jvm().option(debugger).startReady(RaisingApp.class, "refusedOften")) {
            long before = globalReferences(app);
            app.tell("go");
            app.out().await("^refused 1000$");
            assertThat(globalReferences(app) - before).isLessThan(500);
            app.tell("end");
            assertThat(app.ended()).isEqualTo("exited 0");
        }
    }

    private static long globalReferences(Child app) {
        try (Child jcmd = Child.start(ChildJvm.tool("jcmd"), "" + app.pid(), "Thread.print")) {
            String line = jcmd.out().await("JNI global refs: ?[0-9]+").group();
            return Long.parseLong(line.replaceAll(".*JNI global refs: ?([0-9]+).*", "$1"));
        }
    }

    @Test
    void saysInOneLineWhereADebuggerStandsInTheWay() {
        String debugger = "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=localhost:0";
        // Without -Xcheck:jni, which has something to say of the debugger.
        try (Child app = ChildJvm.jvm().option(debugger).start(RaisingApp.class, "refused")) {
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all())
                    .containsExactly(
                            "this JVM does not let exceptions be raised in threads: another agent has taken what "
                                    + "suspends them, a debugger perhaps; start it without that",
                            "raiser false");
        }
    }

    @ParameterizedTest
    @CsvSource({"INT,KeyboardInterrupt,false", "TERM,TerminateInterrupt,true"})
    void theAgentRaisesInTheMainThread(String signal, String exception, boolean isNative) {
        ChildJvm jvm = ChildJvm.jvm().agent(isNative, signal + "=raise");
        try (Child app = jvm.startReady(RaisingApp.class, "busy")) {
            Signals.send(app.pid(), Signal.of(signal));
            assertThat(app.ended()).isEqualTo("exited 1");
            assertThat(app.out().all()).containsExactly("ready", "finally");
            assertThat(app.err().all())
                    .startsWith("Exception in thread \"main\" io.heliograph." + exception + ": " + signal)
                    .element(1)
                    .asString()
                    .startsWith("\tat io.heliograph.programs.raise.RaisingApp.spin(RaisingApp.java:");
        }
    }

    /** Attached to a program that knows nothing of it, while its main thread is busy. */
    @Test
    void theAgentComesLater() {
        try (Child app = ChildJvm.jvm().startReady(RaisingApp.class, "busy")) {
            attach(app, "INT=raise");
            Signals.send(app.pid(), Signal.INT);
            assertThat(app.ended()).isEqualTo("exited 1");
            app.err().await("^Exception in thread \"main\" io.heliograph.KeyboardInterrupt: INT$");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "INT=raise: there is no main thread to raise it in: it has ended")
    void theAgentSaysThatTheMainThreadHasEnded(String line) {
        try (Child app = ChildJvm.jvm().startReady(RaisingApp.class, "gone")) {
            attach(app, "INT=raise");
            app.err().await("^heliograph: " + line + "$");
            app.tell("end");
            assertThat(app.ended()).isEqualTo("exited 0");
        }
    }

    private static void attach(Child app, String options) {
        try (Child jcmd = Child.start(
                ChildJvm.tool("jcmd"), "" + app.pid(), "JVMTI.agent_load", ChildJvm.jar(), "\"" + options + "\"")) {
            jcmd.ended();
        }
    }
}
