package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.agent.Hooks;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Thorough;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The process ends by its deadline, whatever it hangs in. Without the deadline most of these processes would never end. */
class ShutdownIT {
    private static final String ENDED = "; ended now, with status 143$";
    private static final String NOT_ENDED = "^heliograph: TERM: not ended within 2 s; ";
    private static final String[] NO_SAFEPOINTS_IN_LOOPS = {
        "-XX:-UseCountedLoopSafepoints", "-XX:LoopStripMiningIter=0", "-Xbatch", "-XX:-TieredCompilation"
    };

    @Test
    void aHookThatNeverEnds() {
        endsInHooks("hang", "-XX:+UseG1GC", "\"hanger\"");
    }

    @ParameterizedTest
    @CsvSource({
        "hang, -XX:+UseSerialGC, '\"hanger\"'",
        "hang, -Xrs, '\"hanger\"'",
        "exit, -XX:+UseG1GC, '\"exiter\"'",
        "deadlock, -XX:+UseG1GC, '(\"left\", \"right\"|\"right\", \"left\")'"
    })
    @Thorough
    void hooksThatNeverEnd(String kind, String option, String atWork) {
        endsInHooks(kind, option, atWork);
    }

    private static void endsInHooks(String kind, String option, String atWork) {
        try (Child app = start(ChildJvm.jvm().option(option), "TERM=shutdown:2s", kind)) {
            assertThat(endedByTerm(app)).isEqualTo("exited 143");
            String last = lastLine(app);
            assertThat(last).containsPattern(NOT_ENDED + "still at work in shutdown hooks: " + atWork + ENDED);
            assertDump(app.err().all());
        }
    }

    @Test
    void aDeadlockIsReported() {
        try (Child app = start(ChildJvm.jvm(), "TERM=shutdown:2s", "deadlock")) {
            assertThat(endedByTerm(app)).isEqualTo("exited 143");
            assertThat(app.err().all())
                    .anyMatch(line -> line.startsWith("Deadlocked, "))
                    .anyMatch(line -> line.matches(" +\"left\" waits for .*, held by \"right\".*"))
                    .anyMatch(line -> line.matches(" +\"right\" waits for .*, held by \"left\".*"));
        }
    }

    /** Native code and the exit's own thread wait for nobody: the exit is orderly, and over before the deadline. */
    @Test
    void aDispatcherWhoseInlineWorkerHangs() {
        try (Child app = start(ChildJvm.jvm(), "TERM=log+shutdown:2s", "inline")) {
            assertThat(endedByTerm(app)).isEqualTo("exited 143");
            assertThat(app.out().all()).containsExactly("ready", "fine at work");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseSerialGC", "-XX:+UseG1GC", "-XX:+UseParallelGC"})
    @Thorough
    void nothingButGarbageCollection(String collector) {
        try (Child app = start(ChildJvm.jvm().option("-Xmx64m", collector), "TERM=shutdown:2s", "garbage")) {
            assertThat(endedByTerm(app)).isEqualTo("exited 143");
            assertThat(lastLine(app)).containsPattern(NOT_ENDED + ".*" + ENDED);
            List<String> err = app.err().all();
            boolean none = err.stream().anyMatch(line -> line.startsWith("heliograph: no whole thread dump: "));
            if (!none) {
                assertDump(err);
            }
        }
    }

    /** A VM that cannot stop its threads can do nothing: neither exit nor dump. */
    @Test
    void aVmThatRunsNoJavaAnyMore() {
        endsAVmThatIsStuck("-XX:+UseG1GC");
    }

    @Test
    @Thorough
    void aVmThatRunsNoJavaAnyMoreUnderTheSerialCollector() {
        endsAVmThatIsStuck("-XX:+UseSerialGC");
    }

    private static void endsAVmThatIsStuck(String collector) {
        ChildJvm jvm = ChildJvm.jvm().option(NO_SAFEPOINTS_IN_LOOPS).option("-Xmx64m", collector);
        try (Child app = start(jvm, "TERM=shutdown:2s", "stuck")) {
            assertThat(endedByTerm(app)).isEqualTo("exited 143");
            assertThat(app.err().all())
                    .contains("heliograph: no whole thread dump: the VM could make none within 500 ms");
            assertThat(lastLine(app)).containsPattern(NOT_ENDED + ".*" + ENDED);
        }
    }

    @Test
    void anExitThatWasUnderWayBefore() {
        try (Child app = start(ChildJvm.jvm(), "TERM=shutdown:2s", "exiting")) {
            app.out().await("^hanger at work$");
            assertThat(endedByTerm(app)).isEqualTo("exited 143");
            assertThat(lastLine(app))
                    .containsPattern(NOT_ENDED + "still at work in shutdown hooks: \"hanger\"" + ENDED);
            assertDump(app.err().all());
        }
    }

    @Test
    void anImageWithoutManagementDumpsStacks() {
        ChildJvm jvm = ChildJvm.jvm().option("--limit-modules", "java.base,java.instrument");
        try (Child app = start(jvm, "TERM=shutdown:2s", "hang")) {
            assertThat(endedByTerm(app)).isEqualTo("exited 143");
            assertDump(app.err().all());
            assertThat(lastLine(app))
                    .containsPattern(NOT_ENDED + "still at work in shutdown hooks: \"hanger\"" + ENDED);
        }
    }

    @Test
    void withDeathBySignalTheParentSeesTheSignal() {
        try (Child app = start(ChildJvm.jvm(), "death=signal,TERM=shutdown:2s", "hang")) {
            assertThat(endedByTerm(app)).isEqualTo("signaled 15");
            assertDump(app.err().all());
            assertThat(lastLine(app)).endsWith("; ended now, by the signal");
        }
    }

    /** How it ended. */
    private static String endedByTerm(Child app) {
        assertThat(ProcessHandle.of(app.pid()).orElseThrow().destroy()).isTrue(); // TERM
        return app.ended();
    }

    private static String lastLine(Child app) {
        List<String> err = app.err().all();
        assertThat(err).isNotEmpty();
        return err.get(err.size() - 1);
    }

    /** Our own threads and the app's are in it, each with a stack. */
    private static void assertDump(List<String> err) {
        assertThat(err).anyMatch(line -> line.startsWith("heliograph: thread dump of pid "));
        assertThat(err).anyMatch(line -> line.startsWith("\"main\" "));
        assertThat(err).anyMatch(line -> line.matches("\"heliograph-exit\" #[0-9]+ daemon .*"));
        assertThat(err)
                .anyMatch(
                        line -> line.matches("\tat java\\.base(@[^/]*)?/java\\.lang\\.(Runtime|Shutdown)\\.exit\\(.*"));
        assertThat(err).noneMatch(line -> line.startsWith("heliograph: no whole thread dump"));
    }

    private static Child start(ChildJvm jvm, String options, String kind) {
        return jvm.agent(options).startReady(Hooks.class, kind);
    }
}
