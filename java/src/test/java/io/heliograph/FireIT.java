package io.heliograph;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.signals.ClosingRace;
import io.heliograph.programs.signals.Fire;
import io.heliograph.programs.signals.StopRace;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Facts;
import io.heliograph.testing.Thorough;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registrations change from several threads while signals arrive without pause. */
class FireIT {
    private static final String SECONDS = System.getProperty("heliograph.fire.seconds");

    @Test
    @Thorough
    void changeUnderFireLeavesTheProcessAsItWas() throws InterruptedException {
        try (Child child = ChildJvm.jvm().start(Fire.class, SECONDS, "inline")) {
            burn(child);
        }
    }

    @Test
    void changeUnderFireLeavesNoThreadOfAnyDelivery() throws InterruptedException {
        try (Child child = ChildJvm.jvm().start(Fire.class, SECONDS, "mixed")) {
            burn(child);
        }
    }

    @Test
    @Thorough
    void changeUnderFireMakesTheCheckedJniSayNothing() throws InterruptedException {
        try (Child child = ChildJvm.jvm().option("-Xcheck:jni").start(Fire.class, SECONDS, "mixed")) {
            burn(child);
            assertThat(child.out().all()).noneMatch(line -> line.contains("WARNING"));
        }
    }

    @Test
    void whatCameWhileARegistrationWasOpenIsItsOwn() {
        racesAgainstTheClose("100", "inline");
        racesAgainstTheClose("100", "own");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inline", "own"})
    @Thorough
    void whatCameWhileARegistrationWasOpenIsItsOwnFiveHundredTimes(String delivery) {
        racesAgainstTheClose("500", delivery);
    }

    private static void racesAgainstTheClose(String rounds, String delivery) {
        try (Child child = ChildJvm.jvm().start(ClosingRace.class, rounds, delivery, "on")) {
            Facts race = Facts.of(child.out().await("^race .*"));
            assertThat(race.get("inside")).isPositive();
            assertThat(race.get("missing")).isZero();
            assertThat(race.get("strangers")).isZero();
            assertThat(race.get("arrived")).isEqualTo(race.get("raised"));
            assertThat(race.get("accounted")).isEqualTo(race.get("arrived"));
        }
    }

    @Test
    void whatWasTakenBeforeAnIgnoreReachesTheWorker() {
        racesAgainstAnIgnore("1000");
    }

    @Test
    @Thorough
    void whatWasTakenBeforeAnIgnoreReachesTheWorkerTwentyThousandTimes() {
        racesAgainstAnIgnore("20000");
    }

    private static void racesAgainstAnIgnore(String rounds) {
        try (Child child = ChildJvm.jvm().start(ClosingRace.class, rounds, "inline", "ignore")) {
            Facts race = Facts.of(child.out().await("^race .*"));
            assertThat(race.get("arrived")).isBetween(1L, race.get("raised"));
            assertThat(race.get("accounted")).isEqualTo(race.get("arrived"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aSignalDuringTheLastCloseIsDispatchedOrEndsTheProcess(int seed) {
        racesAgainstTheLastClose(seed);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
    @Thorough
    void aSignalDuringTheLastCloseIsDispatchedOrEndsTheProcessWithMoreSeeds(int seed) {
        racesAgainstTheLastClose(seed);
    }

    private static void racesAgainstTheLastClose(int seed) {
        try (Child child = ChildJvm.jvm().start(StopRace.class, "" + seed)) {
            String end = child.ended();
            List<String> lines = child.out().all();
            assertThat(lines).noneMatch(line -> line.startsWith("lost"));
            // 10 is USR1, on this architecture too: signal(7). A process that lived through all rounds got each.
            assertThat(end.equals("signaled 10") || lines.contains("delivered 200"))
                    .as("%s after %s", end, lines)
                    .isTrue();
        }
    }

    private static void burn(Child child) throws InterruptedException {
        child.out().await("^fire$", 2);
        AtomicBoolean ceased = new AtomicBoolean();
        Thread outside = new Thread(() -> sendUntil(ceased, child.pid()));
        outside.start();
        child.out().await("^cease$");
        ceased.set(true);
        outside.join();
        child.tell("ceased");
        child.out().await("^end$");
        assertThat(child.ended()).isEqualTo("exited 0");
        assertThat(child.err().all()).isEmpty();
        for (String state : List.of("descriptors", "threads", "caught", "ignored", "dispositions")) {
            assertThat(told(child, "after " + state)).as(state).isEqualTo(told(child, "before " + state));
        }
        isAccounted(child);
    }

    private static void isAccounted(Child child) {
        Facts ledger = Facts.of(child.out().await("^ledger .*"));
        assertThat(ledger.get("unbalanced")).isZero();
        assertThat(ledger.get("seen")).isPositive();
        System.out.println("FireIT: " + ledger);
        for (String signal : List.of("USR1", "RTMIN\\+1")) {
            Facts held = Facts.of(child.out().await("^held " + signal + " .*", 2));
            assertThat(held.get("events") + held.get("told")).as("%s", held).isEqualTo(held.get("arrived"));
            assertThat(held.get("disorder")).as("%s", held).isZero();
        }
    }

    private static String told(Child child, String what) {
        return child.out().await("^" + what + " (.*)$").group(1);
    }

    /** Bounded bursts, so that the last one soon ends. */
    private static void sendUntil(AtomicBoolean ceased, long pid) {
        while (!ceased.get()) {
            try (Child sender = Child.start(
                    Child.helper("send_burst"),
                    "" + pid,
                    "20000",
                    "kill:WINCH",
                    "kill:URG",
                    "queue:CHLD",
                    "kill:CONT",
                    "queue:WINCH")) {
                sender.ended();
            }
        }
    }
}
