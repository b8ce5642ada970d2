package io.heliograph.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.workers.Workers;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Facts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Groups of threads: one signal ends them all, in order. */
class WorkerGroupIT {
    @ParameterizedTest
    @EnumSource(Interruption.class)
    void aThousandThreadsEndOnOneSignal(Interruption how) {
        many(how, 1000, "platform");
    }

    private static void many(Interruption how, int count, String kind) {
        try (Child app = SignalledGroup.start(Workers.class, "many", how, "" + count, kind)) {
            SignalledGroup.send("TERM", app);
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
        SignalledGroup.assertRefused(Workers.class, "many", how.name(), "10000", "virtual");
    }

    @ParameterizedTest
    @CsvSource({"INT, INTERRUPT", "TERM, INTERRUPT", "INT, RAISE"})
    void aCheckpointEndsABusyLoop(String signal, Interruption how) {
        try (Child app = SignalledGroup.start(Workers.class, "busy", how)) {
            SignalledGroup.send(signal, app);
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
    void aThreadThatIgnoresSignalsIsNamedAndAbandonedAfterTheGracePeriod() {
        try (Child app = SignalledGroup.start(Workers.class, "deaf", Interruption.INTERRUPT, "PT0.3S")) {
            SignalledGroup.send("TERM", app);
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.err().all())
                    .containsExactly("heliograph: group forced: thread \"deaf\" did not end within 300 ms");
            assertThat(app.out().all()).contains("ended by TerminateInterrupt 0", "abandoned [deaf]");
        }
    }

    @ParameterizedTest
    @EnumSource(Interruption.class)
    void aSecondSignalForces(Interruption how) {
        try (Child app = SignalledGroup.start(Workers.class, "deaf", how, "PT1H")) {
            SignalledGroup.send("TERM", app);
            app.out().await("^asked$");
            SignalledGroup.send("INT", app);
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.err().all())
                    .containsExactly(
                            "heliograph: group forced: thread \"deaf\" did not end before a second request, INT, came");
            assertThat(app.out().all()).contains("ended by TerminateInterrupt 0", "abandoned [deaf]");
        }
    }

    @ParameterizedTest
    @EnumSource(Interruption.class)
    void aGroupInAGroupEndsWithIt(Interruption how) {
        try (Child app = SignalledGroup.start(Workers.class, "nested", how)) {
            SignalledGroup.send("TERM", app);
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

    @ParameterizedTest
    @EnumSource(Interruption.class)
    void nothingStartsWhileItEnds(Interruption how) {
        try (Child app = SignalledGroup.start(Workers.class, "starter", how)) {
            SignalledGroup.send("TERM", app);
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
        try (Child app = SignalledGroup.start(Workers.class, "before", Interruption.INTERRUPT)) {
            SignalledGroup.send("TERM", app);
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
        try (Child app = SignalledGroup.start(Workers.class, "after", Interruption.INTERRUPT)) {
            SignalledGroup.send("TERM", app);
            app.out().await("^closed by io.heliograph.TerminateInterrupt: TERM$");
            app.out().await("^TERM is the JVM's again$");
            SignalledGroup.send("TERM", app);
            assertThat(app.ended()).isEqualTo("exited 143");
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
        try (Child app = SignalledGroup.start(Workers.class, "ending", Interruption.INTERRUPT, ending)) {
            SignalledGroup.send(signal, app);
            assertThat(app.ended()).isEqualTo(end);
            assertThat(app.out().all()).endsWith("hook");
            assertThat(app.err().all()).isEmpty();
        }
    }

    @Test
    void aFurtherSignalEndsWhatComesAfterTheGroup() {
        try (Child app = SignalledGroup.start(Workers.class, "lingers", Interruption.INTERRUPT)) {
            SignalledGroup.send("INT", app);
            app.out().await("^lingers$");
            SignalledGroup.send("INT", app);
            assertThat(app.ended()).isEqualTo("exited 130");
        }
    }
}
