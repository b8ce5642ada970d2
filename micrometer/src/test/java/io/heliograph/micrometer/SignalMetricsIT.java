package io.heliograph.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Eventually;
import io.heliograph.testing.Scrape;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The meters of a JVM that gets real signals, as Prometheus scrapes them. */
class SignalMetricsIT {
    private static final Pattern BUCKET =
            Pattern.compile("heliograph_signals_delay_seconds_bucket\\{le=(\\S+), signal=USR1}");

    @Test
    void arrivalsAreCountedByOriginAndTimed() {
        try (Child app = jvm().startReady(Metered.class)) {
            obey(app, "catch USR1");
            obey(app, "raise USR1");
            obey(app, "raise USR1");
            Child.run("sh", "-c", "kill -s USR1 " + app.pid());
            Eventually.until("three are dispatched", () -> count(app, "dispatched") == 3);

            Scrape scrape = scrape(app);
            assertThat(scrape.type("heliograph_signals_arrived_total")).isEqualTo("counter");
            assertThat(count(app, "arrived")).isEqualTo(3);
            assertThat(count(app, "lost")).isZero();
            assertThat(observed(scrape, "this_process")).isEqualTo(2);
            assertThat(observed(scrape, "other_process")).isEqualTo(1);
            assertThat(scrape.type("heliograph_signals_delay_seconds")).isEqualTo("histogram");
            assertThat(scrape.value("heliograph_signals_delay_seconds_count", "signal", "USR1"))
                    .isEqualTo(3);
            assertThat(scrape.value("heliograph_signals_delay_seconds_sum", "signal", "USR1"))
                    .isPositive();
            assertThat(scrape.value("heliograph_signals_delay_seconds_count", "signal", "TERM"))
                    .isZero();
            assertThat(buckets(scrape)).isSorted().hasSizeGreaterThan(20).last().isEqualTo(3.0);

            obey(app, "close");
            obey(app, "raise USR1");
            Eventually.until("the ledger goes on", () -> count(app, "dispatched") == 4);
            assertThat(observed(scrape(app), "this_process")).isEqualTo(2);
        }
    }

    @Test
    void aBinderObservesOnceUntilItIsClosed() {
        try (Child app = jvm().startReady(Metered.class)) {
            obey(app, "bind");
            obey(app, "catch USR1");
            obey(app, "raise USR1");
            Eventually.until("it is dispatched", () -> count(app, "dispatched") == 1);
            assertThat(observed(scrape(app), "this_process")).isEqualTo(1);
            obey(app, "close");
            obey(app, "bind");
            obey(app, "raise USR1");
            Eventually.until("the second is dispatched", () -> count(app, "dispatched") == 2);
            assertThat(observed(scrape(app), "this_process")).isEqualTo(2);
        }
    }

    @Test
    void aSignalThatCannotBeCaughtLeavesNothingObserved() {
        try (Child app = jvm().startReady(Metered.class)) {
            obey(app, "refuse");
            app.out().await("^refused KILL can't be caught, ");
            app.out().await("^observers 0$");
            app.out().await("^meters 0$");
        }
    }

    /** What the process does without the meters: POSIX's default for USR1, the JVM's orderly exit for TERM. */
    @ParameterizedTest
    @CsvSource({"USR1, signaled 10", "TERM, exited 143"})
    void anObservedSignalKeepsItsMeaning(String signal, String ended) {
        try (Child app = jvm().startReady(Metered.class)) {
            Child.run("sh", "-c", "kill -s " + signal + " " + app.pid());
            assertThat(app.ended()).isEqualTo(ended);
        }
    }

    @Test
    void aHandlerThatOtherNativeCodeReplacedIsGauged() {
        // USR1 and URG: nobody has registered URG, so its handler replaces none of ours. INT: ignored by the starter.
        ChildJvm jvm = jvm().environment("HELIOGRAPH_TEST_FOREIGN", "10 23")
                .after("sh", "-c", "trap '' INT; exec \"$@\"", "sh");
        try (Child app = jvm.startReady(Metered.class)) {
            assertThat(scrape(app).value("heliograph_signals_replaced")).isZero();
            obey(app, "load " + Path.of(System.getProperty("heliograph.native"), "libforeign_handler.so"));
            assertThat(scrape(app).value("heliograph_signals_replaced")).isEqualTo(1);
        }
    }

    @Test
    void withoutTheLibraryALineSaysWhyAndNothingIsMetered() {
        try (Child app = jvm().option("-Dos.arch=none").startReady(Metered.class)) {
            assertThat(scrape(app).keys()).isEmpty();
            app.err()
                    .await(
                            "^WARNING: no meters of signals: heliograph's native library could not be loaded: this is linux-none-gnu, ");
            Child.run("sh", "-c", "kill -s TERM " + app.pid());
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.err().all())
                    .filteredOn(line -> line.startsWith("WARNING"))
                    .hasSize(1);
        }
    }

    private static ChildJvm jvm() {
        return ChildJvm.jvm().classPath(System.getProperty("java.class.path"));
    }

    private static void obey(Child app, String line) {
        int before = (int) app.out().soFar().stream()
                .filter(said -> said.startsWith("done "))
                .count();
        app.tell(line).out().await("^done ", before + 1);
    }

    private static Scrape scrape(Child app) {
        return Scrape.get("http://127.0.0.1:" + app.out().await("^port (\\d+)$").group(1) + "/metrics");
    }

    private static double count(Child app, String what) {
        return scrape(app).value("heliograph_signals_" + what + "_total", "signal", "USR1");
    }

    private static double observed(Scrape scrape, String origin) {
        return scrape.value("heliograph_signals_observed_total", "signal", "USR1", "origin", origin);
    }

    /** The cumulative counts, in the order of the text, which is that of the bounds. */
    private static List<Double> buckets(Scrape scrape) {
        return scrape.keys().stream()
                .map(BUCKET::matcher)
                .filter(Matcher::matches)
                .map(bucket -> scrape.value(
                        "heliograph_signals_delay_seconds_bucket", "signal", "USR1", "le", bucket.group(1)))
                .toList();
    }
}
