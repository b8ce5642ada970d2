package io.heliograph;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.raise.RaiseCorners;
import io.heliograph.programs.raise.RaiseLoop;
import io.heliograph.programs.raise.RaisePairs;
import io.heliograph.programs.raise.RaisePlaces;
import io.heliograph.programs.raise.RaisingApp;
import io.heliograph.programs.raise.RaisingSections;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Facts;
import io.heliograph.testing.Thorough;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exceptions raised in other threads, wherever they are, and nowhere else. */
class RaiseIT {
    @TempDir
    private Path folder;

    @Test
    void reachesWhatTheTableSays() throws IOException {
        assertThat(reached("platform", table(1))).isEqualTo(table(1));
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void reachesWhatTheTableSaysInAVirtualThread() throws IOException {
        assertThat(reached("virtual", table(2))).isEqualTo(table(2));
    }

    /** Each one exactly once, in its body, with the work in {@code finally} done; and the locks can be taken afterwards. */
    @Test
    void aThousandTimes() {
        assertThat(loop("platform", 1_000).get("interrupted")).isBetween(0L, 20L);
    }

    @Test
    @Thorough
    void tenThousandTimes() {
        assertThat(loop("platform", 10_000).get("interrupted")).isBetween(1L, 200L);
    }

    /** Where most places are left by an interrupt, and each has to be waited for. */
    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void inVirtualThreads() {
        assertThat(loop("virtual", 1_000).get("interrupted")).isBetween(1L, 420L);
    }

    private static Facts loop(String kind, int runs) {
        try (Child app = jvm().start(RaiseLoop.class, kind, "" + runs)) {
            Facts facts = Facts.of(app.out().await("^raised=.*"));
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all()).hasSize(1);
            assertThat(app.err().all()).isEmpty();
            assertThat(facts.get("finallies") + facts.get("torn")).isEqualTo(runs);
            assertThat(facts.get("outside")).isZero();
            assertThat(facts.get("wrong")).isZero();
            assertThat(facts.get("locks")).isEqualTo(1);
            assertThat(facts.get("alive")).isZero();
            // One that is to be interrupted may be met before it waits.
            assertThat(facts.get("raised") + facts.get("interrupted") + facts.get("left"))
                    .isEqualTo(runs);
            // One body in five may end by itself; each of the others ends by its raise alone.
            assertThat(facts.get("left")).isLessThanOrEqualTo(runs / 5);
            return facts;
        }
    }

    @Test
    void whatComesInAnUnbrokenSectionIsThrownBehindIt() {
        assertThat(said(RaisingSections.class, "unbroken"))
                .containsExactly(
                        "probe true",
                        "whole true beyond false raised true at take suppressed 0",
                        "probe true",
                        "whole true beyond false raised true at take suppressed 1");
    }

    @Test
    void unbrokenSectionsNest() {
        assertThat(said(RaisingSections.class, "nested"))
                .containsExactly("probe true", "probe true", "inner true outer true raised true", "polled true");
    }

    @Test
    void beforeABodyBeginsAndAfterItHasLeft() {
        assertThat(said(RaisingSections.class, "edges"))
                .containsExactly(
                        "before true again false",
                        "raised true ran false",
                        "returned true after false",
                        "own true",
                        "probe true",
                        "interrupted false");
    }

    @Test
    void aClassIsInitialisedFirst() {
        assertThat(said(RaisingSections.class, "initialiser"))
                .containsExactly("probe true", "raised true initialised true");
    }

    /** The exception's stack is that of the thread that it was raised in. */
    @Test
    void raisesEachSignalInAThread() {
        try (Child app = jvm().start(RaisingApp.class, "signals")) {
            app.out().await("^ready INT RTMIN\\+3$");
            Signals.send(app.pid(), Signal.INT);
            app.out().await("^KeyboardInterrupt INT in spin$");
            app.out().await("^ready INT RTMIN\\+3$", 2);
            Signals.send(app.pid(), Signal.realTime(3));
            app.out().await("^SignalInterrupt RTMIN\\+3 in spin$");
            app.out().await("^ready INT RTMIN\\+3$", 3);
            Signals.send(app.pid(), Signal.INT);
            app.out().await("^KeyboardInterrupt INT in spin$", 2);
            app.out().await("^closed$");
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.err().all()).isEmpty();
        }
    }

    @Test
    void nothingIsRaisedAfterTheClose() {
        assertThat(said(RaisingApp.class, "closed"))
                .containsExactly("seen true by INT", "probe true", "nothing raised");
    }

    @Test
    void whereTheThreadHasEndedTheSignalIsGivenBack() {
        assertThat(said(RaisingApp.class, "ended")).containsExactly("given back true", "probe true", "nothing raised");
    }

    @Test
    void aTargetWhoseClassFailsDoesNotDelayTheOthers() {
        assertThat(said(RaisingApp.class, "sick")).containsExactly("probe true");
    }

    @Test
    void twoSignalsAtATime() {
        checkPairs("platform", "busy", "sleep", "wait", "park");
    }

    /** In the places where it is raised: one that is interrupted instead is told of the interrupt alone. */
    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void twoSignalsAtATimeInAVirtualThread() {
        checkPairs("virtual", "busy", "park");
    }

    /** Two at the same time come both, and nothing else does. */
    private static void checkPairs(String kind, String... places) {
        List<String> arguments = new ArrayList<>(List.of(kind, "20"));
        arguments.addAll(List.of(places));
        try (Child app = jvm().start(RaisePairs.class, arguments.toArray(String[]::new))) {
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.err().all()).isEmpty();
            assertThat(app.out().all())
                    .containsExactly(
                            Stream.of(places).map(place -> place + ": 20").toArray(String[]::new));
        }
    }

    /** An exception that is given its stack while its thread is suspended there hangs the JVM within some rounds. */
    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseSerialGC", "-XX:+UseG1GC"})
    @Thorough
    void inACriticalSectionWhileTheHeapIsFull(String collector) {
        try (Child app =
                ChildJvm.jvm().option("-Xmx48m", "-Xmn3m", collector).start(RaiseCorners.class, "critical", "20")) {
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all()).hasSize(20).containsOnly("raised");
        }
    }

    @Test
    void raisingInTheRaisersOwnThreadIsRefused() {
        try (Child app = jvm().start(RaiseCorners.class, "itself")) {
            assertThat(app.out().all())
                    .containsExactly(
                            "nothing can be raised in the thread heliograph-raise, which raises: choose one of yours");
            assertThat(app.ended()).isEqualTo("exited 0");
        }
    }

    @Test
    void nothingIsTakenFromTheJvmBeforeTheFirstUse() {
        assertThat(said(RaisingApp.class, "unused")).containsExactly("raiser false", "raiser true false");
    }

    private static ChildJvm jvm() {
        return ChildJvm.jvm().option("-Xcheck:jni");
    }

    private static List<String> said(Class<?> program, String what) {
        try (Child app = jvm().start(program, what)) {
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.err().all()).isEmpty();
            return app.out().all();
        }
    }

    /** What was reached of the table's places, and when. The program waits for what is expected, and tells what it sees. */
    private Map<String, String> reached(String kind, Map<String, String> expected) throws IOException {
        Path fifo = folder.resolve("fifo");
        Child.run("mkfifo", fifo.toString());
        List<String> arguments = new ArrayList<>(List.of(kind, fifo.toString()));
        expected.forEach((place, when) -> arguments.add(place + "=" + when));
        Map<String, String> reached = new LinkedHashMap<>();
        try (Child app = jvm().start(RaisePlaces.class, arguments.toArray(String[]::new))) {
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.err().all()).isEmpty();
            app.out().all().forEach(line -> reached.put(line.split(": ", 2)[0], line.split(": ", 2)[1]));
        }
        return reached;
    }

    /** The table in docs/raise.md: the place, and one of its columns. */
    private static Map<String, String> table(int column) throws IOException {
        Map<String, String> table = new LinkedHashMap<>();
        Path docs =
                Path.of(System.getProperty("basedir")).resolveSibling("docs").resolve("raise.md");
        for (String line : Files.readAllLines(docs)) {
            String[] cells = line.split("\\|");
            if (cells.length == 4 && cells[1].startsWith(" `")) {
                table.put(cells[1].strip().replace("`", ""), cells[column + 1].strip());
            }
        }
        assertThat(table).hasSizeGreaterThan(15);
        return table;
    }
}
