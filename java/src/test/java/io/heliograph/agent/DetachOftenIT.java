package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Courier;
import io.heliograph.testing.Facts;
import io.heliograph.testing.Thorough;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An agent that comes and goes again and again, also while signals arrive. */
class DetachOftenIT extends EnteredApp {
    /** Attached and left again and again, nothing gathers; and each time it works. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void twentyTimes(boolean isNative) throws IOException {
        try (Child app = start()) {
            List<String> before = state(app, "before");
            for (int time = 0; time < 20; time++) {
                attach(app, isNative, time % 2 == 0 ? "USR1=log+ignore" : "");
                try (Courier courier = Courier.send("USR1".repeat(1 - time % 2) + "USR2".repeat(time % 2), app.pid())) {
                    app.err().await(courier.logged(time % 2 == 0 ? "USR1" : "USR2"));
                }
                attach(app, isNative, "off");
            }
            assertThat(withoutJar(state(app, "after"))).isEqualTo(before);
            assertThat(events(app)).hasSize(20);
            ends(app, "USR1", "signaled 10");
        }
    }

    /** Replacing the options, rather than leaving, gathers nothing either. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void attachedTwentyTimesItIsThereOnce(boolean isNative) throws IOException {
        try (Child app = start()) {
            List<String> before = state(app, "before");
            attach(app, isNative, "USR1=log+ignore");
            List<String> once = state(app, "once");
            for (int time = 0; time < 20; time++) {
                attach(app, isNative, time % 2 == 0 ? "TERM=log,USR2=log" : "USR1=log+ignore");
            }
            assertThat(state(app, "often")).isEqualTo(once);
            try (Courier courier = Courier.send("USR1", app.pid())) {
                app.err().await(courier.logged("USR1"));
            }
            attach(app, isNative, "off");
            assertThat(withoutJar(state(app, "after"))).isEqualTo(before);
            assertThat(events(app)).hasSize(1);
        }
    }

    /** Signals arrive without pause meanwhile: each is logged or meets what was there before. */
    @Test
    void underLoadEachSignalIsLoggedOrMeetsWhatWasThere() throws IOException {
        comesAndGoesUnderLoad("-XX:+UseG1GC");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseSerialGC", "-XX:+UseZGC"})
    @Thorough
    void underLoadWithOtherCollectors(String collector) throws IOException {
        comesAndGoesUnderLoad(collector);
    }

    private void comesAndGoesUnderLoad(String collector) throws IOException {
        try (Child app = start(jvm().option(collector))) {
            List<String> atFirst = state(app, "before");
            try (Child sender = Child.start(
                    "sh",
                    "-c",
                    "while kill -s WINCH \"$0\" 2>&- && kill -s URG \"$0\"; do sleep 0.001; done",
                    "" + app.pid())) {
                for (int time = 0; time < 10; time++) {
                    boolean isNative = time % 2 == 0;
                    String logged = "heliograph: WINCH from pid " + sender.pid() + ",";
                    long before = app.err().soFar().stream()
                            .filter(line -> line.startsWith(logged))
                            .count();
                    attach(app, isNative, "WINCH=log,URG=log+ignore");
                    app.err().await("^" + logged, (int) before + 1);
                    attach(app, isNative, "off");
                }
            }
            assertThat(withoutJar(state(app, "after"))).isEqualTo(atFirst);
            assertThat(app.err().soFar())
                    .allSatisfy(line -> assertThat(line)
                            .matches("heliograph: (WINCH|URG) (from pid |[0-9]+ more times ).*|" + NOTICE));
            ends(app, "TERM", "exited 143");
        }
    }

    /** While the agent comes and goes, the app's own worker receives each signal, or a count of lost ones. */
    @Test
    void eachSignalIsAccountedForWhileItComesAndGoes() {
        accountsForEach("-XX:+UseG1GC", 100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseSerialGC", "-XX:+UseG1GC", "-XX:+UseZGC"})
    @Thorough
    void eachOfThreeThousandIsAccountedFor(String collector) {
        accountsForEach(collector, 300);
    }

    private void accountsForEach(String collector, int count) {
        long signals = 10L * count;
        String rounds =
                "for i in $(seq " + count + "); do \"$0\" \"$1\" 10 queue:RTMIN+3 && sleep 0.01 || exit 1; done";
        try (Child app = start(jvm().classPath(ChildJvm.jar(), TEST_CLASSES).option(collector))) {
            app.tell("on RTMIN+3").out().await("^done on");
            try (Child sender = Child.start("sh", "-c", rounds, Child.helper("send_burst"), "" + app.pid())) {
                for (int time = 0; time < 6; time++) {
                    attach(app, time % 2 == 0, "RTMIN+3=log,USR1=ignore");
                    attach(app, time % 2 == 0, "off");
                }
                assertThat(sender.ended()).isEqualTo("exited 0");
            }
            Facts ledger = Facts.of(app.tell("ledger RTMIN+3 " + signals).out().await("^ledger .*"));
            assertThat(ledger.get("told")).as("%s", ledger).isEqualTo(signals);
            assertThat(ledger.get("arrived")).as("%s", ledger).isEqualTo(signals);
            assertThat(ledger.get("dispatched") + ledger.get("lost")).isEqualTo(signals);
            ends(app, "TERM", "exited 143");
        }
    }
}
