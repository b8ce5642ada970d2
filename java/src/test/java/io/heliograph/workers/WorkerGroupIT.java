package io.heliograph.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.workers.Workers;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Facts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups of threads: one signal ends them all, in order. */
class WorkerGroupIT {
    @ParameterizedTest
    @EnumSource(Interruption.class)
    void aThousandThreadsEndOnOneSignal(Interruption how) {
        many(how, 1000, "platform");
    }

    private static void many(Interruption how, int count, String kind) {
        try (Child app = start("many", how, "" + count, kind)) {
            send("TERM", app);
            app.out().await("^ended by TerminateInterrupt 0$");
            Facts facts = Facts.of(app.out().await("cleaned=.*"));
            assertThat(facts.get("cleaned")).isEqualTo(count);
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.err().all()).isEmpty();
            System.out.println(count + " " + kind + " threads, " + how + ": " + facts);
        }
    }

    @ParameterizedTest
    @EnumSource(Interruption.class)
    void tenThousandVirtualThreadsEndOnOneSignal(Interruption how) {
        if (Runtime.version().feature() >= 21) {
            many(how, 10_000, "virtual");
            return;
        }
        assertRefused("many", how.name(), "10000", "virtual");
    }

    private static void assertRefused(String... arguments) {
        try (Child app = ChildJvm.jvm().start(Workers.class, arguments)) {
            app.err()
                    .await("UnsupportedOperationException: virtual threads need Java 21 or later, and this is Java "
                            + Runtime.version().feature());
            assertThat(app.ended()).isEqualTo("exited 1");
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, INTERRUPT", "TERM, INTERRUPT", "INT, RAISE"})
    void aBusyLoopIsAsked(String signal, Interruption how) {
        try (Child app = start("busy", how)) {
            send(signal, app);
            String interrupt = signal.equals("INT") ? "KeyboardInterrupt" : "TerminateInterrupt";
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all())
                    .containsExactly(
                            "ready",
                            "cleaned up after " + interrupt,
                            "cleaned up after " + interrupt,
                            "ended by " + interrupt + " 0");
        }
    }

    @Test
    void whoIgnoresEverythingIsNamedAndForcedAtTheEndOfTheGracePeriod() {
        try (Child app = start("deaf", Interruption.INTERRUPT, "PT0.3S")) {
            send("TERM", app);
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.err().all())
                    .containsExactly("heliograph: group forced: thread \"deaf\" did not end within 300 ms");
            assertThat(app.out().all()).contains("ended by TerminateInterrupt 0", "abandoned [deaf]");
        }
    }

    @ParameterizedTest
    @EnumSource(Interruption.class)
    void aSecondSignalForces(Interruption how) {
        try (Child app = start("deaf", how, "PT1H")) {
            send("TERM", app);
            app.out().await("^asked$");
            send("INT", app);
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.err().all())
                    .containsExactly(
                            "heliograph: group forced: thread \"deaf\" did not end before a second signal, INT, came");
            assertThat(app.out().all()).contains("ended by TerminateInterrupt 0", "abandoned [deaf]");
        }
    }

    @ParameterizedTest
    @EnumSource(Interruption.class)
    void aGroupInAGroupEndsWithIt(Interruption how) {
        try (Child app = start("nested", how)) {
            send("TERM", app);
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all())
                    .containsExactly("ready", "inner over, cleaned=1", "ended by TerminateInterrupt 0", "outer over");
        }
    }

    @ParameterizedTest
    @CsvSource({"INTERRUPT, InterruptedException", "RAISE, CancellationException"})
    void aGroupInAGroupEndsWithItsClosingToo(Interruption how, String exception) {
        try (Child app = ChildJvm.jvm().start(Workers.class, "nested-close", how.name())) {
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all()).containsExactly("inner over by " + exception, "cleaned=1");
        }
    }

    @Test
    void manyGroupsLeaveNothingBehind() {
        try (Child app = ChildJvm.jvm().start(Workers.class, "again", "INTERRUPT")) {
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all()).containsExactly("threads gone: true, registrations 0");
        }
    }

    @ParameterizedTest
    @EnumSource(Interruption.class)
    void nothingStartsWhileItEnds(Interruption how) {
        try (Child app = start("starter", how)) {
            send("TERM", app);
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all())
                    .containsExactly(
                            "ready",
                            "refused by io.heliograph.TerminateInterrupt: TERM",
                            "ended by TerminateInterrupt 0");
        }
    }

    @Test
    void aSignalBeforeTheFirstWorker() {
        try (Child app = start("before", Interruption.INTERRUPT)) {
            send("TERM", app);
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all())
                    .containsExactly(
                            "ready",
                            "refused by io.heliograph.TerminateInterrupt: TERM",
                            "ended by TerminateInterrupt 0",
                            "ended by TerminateInterrupt 0",
                            "the worker group is closed: closed can't be started");
        }
    }

    @Test
    void aSignalAfterTheLastWorkerAndOneAfterTheGroup() {
        try (Child app = start("after", Interruption.INTERRUPT)) {
            send("TERM", app);
            app.out().await("^closed by io.heliograph.TerminateInterrupt: TERM$");
            app.out().await("^TERM is the JVM's again$");
            send("TERM", app);
            assertThat(app.ended()).isEqualTo("exited 143");
        }
    }

    @Test
    void whatWorkersFailWithComesBackOnceWithItsCause() {
        try (Child app = ChildJvm.jvm().start(Workers.class, "failures", "INTERRUPT")) {
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all())
                    .containsExactly(
                            "reader failed: java.io.IOException: no such page",
                            "and writer: java.lang.StackOverflowError: deep",
                            "fine Optional.empty false",
                            "told once",
                            "again failed: java.lang.IllegalStateException: told by close");
        }
    }

    @Test
    void failuresBesideASignalAreNotSwallowed() {
        try (Child app = start("failure-and-signal", Interruption.INTERRUPT)) {
            send("INT", app);
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all())
                    .containsExactly(
                            "ready",
                            "KeyboardInterrupt",
                            "and early: java.lang.IllegalStateException: before",
                            "and late: java.lang.IllegalStateException: in the clean-up");
        }
    }

    @ParameterizedTest
    @EnumSource(Interruption.class)
    void whatWaitsInAPoolNeverStarts(Interruption how) {
        try (Child app = start("pool", how)) {
            send("INT", app);
            assertThat(app.ended()).isEqualTo("exited 0");
            List<String> lines = new ArrayList<>(app.out().all());
            assertThat(lines.subList(4, lines.size()))
                    .containsExactly("[-] handler exit", "[-] handler exit", "[-] handler exit", "[-] main exit");
            assertThat(lines.subList(0, 4)).containsExactlyInAnyOrder("begun", "begun", "begun", "ready");
        }
    }

    @Test
    void aPoolHasNoMoreAtWorkThanItsPlaces() {
        try (Child app = ChildJvm.jvm().start(Workers.class, "turns", "INTERRUPT")) {
            Facts facts = Facts.of(app.out().await("done=.*"));
            assertThat(facts.get("done")).isEqualTo(1000);
            assertThat(facts.get("most")).isBetween(1L, 4L);
            assertThat(app.ended()).isEqualTo("exited 0");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TERM, status, exited 143",
        "INT, status, exited 130",
        "TERM, by-signal, signaled 15",
        "INT, by-signal, signaled 2",
        "INT, 7, exited 7"
    })
    void theProcessEndsAsTheGroupChose(String signal, String ending, String end) {
        try (Child app = start("ending", Interruption.INTERRUPT, ending)) {
            send(signal, app);
            assertThat(app.ended()).isEqualTo(end);
            assertThat(app.out().all()).endsWith("hook");
            assertThat(app.err().all()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Interruption.class)
    void closingEndsWhatIsAtWork(Interruption how) {
        try (Child app = ChildJvm.jvm().start(Workers.class, "close", how.name())) {
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all())
                    .containsExactlyInAnyOrder("sleeper ends", "cancelled: the worker group is closed", "closed")
                    .endsWith("closed");
        }
    }

    @ParameterizedTest
    @EnumSource(Interruption.class)
    void aSectionIsNotBrokenOff(Interruption how) {
        try (Child app = start("unbroken", how)) {
            send("TERM", app);
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all())
                    .containsExactly("ready", "section whole", "broken off after it", "ended by TerminateInterrupt 0");
        }
    }

    @Test
    void anInterruptBeforeASectionWaitsForItsEnd() {
        try (Child app = start("marked", Interruption.INTERRUPT)) {
            send("TERM", app);
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all())
                    .containsExactly(
                            "ready", "section whole, interrupted after it: true", "ended by TerminateInterrupt 0");
        }
    }

    @Test
    void anInterruptOfTheCallersOwnEndsTheJoinAlone() {
        try (Child app = ChildJvm.jvm().start(Workers.class, "interrupted", "INTERRUPT")) {
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all()).containsExactly("interrupted Optional.empty false", "cleaned=1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT"})
    void aJoinForATimeHearsTheSignalToo(String signal) {
        try (Child app = start("limited", Interruption.INTERRUPT)) {
            send(signal, app);
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all())
                    .containsExactly(
                            "in time: false false",
                            "ready",
                            "KeyboardInterrupt selfish: java.lang.IllegalStateException: selfish can't join the group"
                                    + " that it works for: it would wait for itself");
        }
    }

    /** The greenlets of the essay: no checkpoint, no blocking call. */
    @ParameterizedTest
    @ValueSource(strings = {"platform", "virtual"})
    void theInterruptIsRaisedInsideABusyLoop(String kind) {
        if (kind.equals("virtual") && Runtime.version().feature() < 21) {
            assertRefused("greenlets", "RAISE", kind);
            return;
        }
        try (Child app = start("greenlets", Interruption.RAISE, kind)) {
            send("INT", app);
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all()).containsExactly("ready", "inside true alive 0 failures 0");
        }
    }

    @Test
    void aFurtherSignalEndsWhatComesAfterTheGroup() {
        try (Child app = start("lingers", Interruption.INTERRUPT)) {
            send("INT", app);
            app.out().await("^lingers$");
            send("INT", app);
            assertThat(app.ended()).isEqualTo("exited 130");
        }
    }

    @ParameterizedTest
    @EnumSource(Interruption.class)
    void workersThatComeAndGoWhileTheSignalArrives(Interruption how) {
        for (int round = 0; round < 5; round++) {
            try (Child app = start("storm", how)) {
                send("TERM", app);
                assertThat(app.ended()).isEqualTo("exited 0");
                assertThat(app.out().all())
                        .containsExactly(
                                "ready",
                                "refused, failures 0",
                                "ended by TerminateInterrupt 0",
                                "alive 0 later steps 0");
            }
        }
    }

    private static Child start(String situation, Interruption how, String... more) {
        List<String> arguments = new ArrayList<>(List.of(situation, how.name()));
        arguments.addAll(List.of(more));
        Child child = ChildJvm.jvm().start(Workers.class, arguments.toArray(String[]::new));
        child.out().await("^ready$");
        return child;
    }

    private static void send(String signal, Child app) {
        Child.run("sh", "-c", "kill -s \"$1\" \"$2\"", "sh", signal, "" + app.pid());
    }
}
