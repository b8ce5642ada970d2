package io.heliograph;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.signals.OutsideBursts;
import io.heliograph.programs.signals.QueuedInOrder;
import io.heliograph.programs.signals.Raises;
import io.heliograph.programs.signals.RealTimeSignals;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Facts;
import io.heliograph.testing.Thorough;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nothing is lost silently: arrived = dispatched + lost, and what a worker was given and told adds up to it. */
class LedgerIT {
    private static final String MANY = "100000";
    private static final String MILLION = "1000000";
    private static final List<String> RAISED = List.of("USR1", "WINCH", "URG", "RTMIN+1", "RTMIN+2");

    @Test
    void aWorkerThatKeepsUpReceivesEachRaise() {
        keepsUp("inline-keeps-up", MANY);
    }

    @Test
    @Thorough
    void aWorkerThatKeepsUpReceivesEachOfAMillionRaises() {
        keepsUp("inline-keeps-up", MILLION);
    }

    @Test
    void aWorkerOnItsOwnThreadThatKeepsUpReceivesEachRaise() {
        keepsUp("own-keeps-up", MANY);
    }

    private static void keepsUp(String how, String count) {
        try (Child child = ChildJvm.jvm().start(Raises.class, how, count)) {
            assertThat(sumsOf(child)).allSatisfy(LedgerIT::isWithoutLoss);
            assertThat(facts(child, "^all .*").get("disorder")).isZero();
        }
    }

    @Test
    void aSlowWorkerReceivesTheCountOfTheRaisesThatItMissed() {
        isStuck("own-stuck", MANY);
    }

    @Test
    @Thorough
    void aSlowWorkerReceivesTheCountOfAMillionRaisesThatItMissed() {
        isStuck("own-stuck", MILLION);
    }

    @Test
    void aFullPipeCostsDetailsAndNotTheCount() {
        isStuck("inline-stuck", MANY);
    }

    @Test
    @Thorough
    void aFullPipeCostsDetailsAndNotTheCountOfAMillion() {
        isStuck("inline-stuck", MILLION);
    }

    private static void isStuck(String how, String count) {
        try (Child child = ChildJvm.jvm().start(Raises.class, how, count)) {
            assertThat(sumsOf(child)).allSatisfy(LedgerIT::hasLost);
            assertThat(facts(child, "^all .*").get("disorder")).isZero();
        }
    }

    /** The kernel hands a burst to several threads at once, whose handlers run side by side: the order may change (signal(7)). */
    @Test
    void whatAnotherProcessQueuesArrivesExactlyOnce() {
        sendFromOutside(20_000);
    }

    @Test
    @Thorough
    void twoHundredThousandThatAnotherProcessQueuesArriveExactlyOnce() {
        sendFromOutside(200_000);
    }

    /** Only the dispatcher's thread receives a signal that was blocked when the JVM was started. */
    @Test
    void whereTheJvmWasStartedWithTheSignalBlockedQueuedValuesArriveInOrder() {
        queueInOrder(20_000);
    }

    @Test
    @Thorough
    void whereTheJvmWasStartedWithTheSignalBlockedTwoHundredThousandQueuedValuesArriveInOrder() {
        queueInOrder(200_000);
    }

    private static void queueInOrder(int count) {
        ChildJvm jvm = ChildJvm.jvm().after("env", "--block-signal=RTMIN+5");
        try (Child child = jvm.startReady(QueuedInOrder.class, "RTMIN+5", "" + count);
                Child sender = Child.start(Child.helper("send_burst"), "" + child.pid(), "" + count, "queue:RTMIN+5")) {
            assertThat(child.ended()).isEqualTo("exited 0");
            assertThat(child.out().all()).containsExactly("ready", count + " values in order");
            assertThat(sender.ended()).isEqualTo("exited 0");
        }
    }

    @Test
    void eachFreeRealTimeSignalIsCaughtWithItsValue() {
        try (Child child = ChildJvm.jvm().start(RealTimeSignals.class)) {
            child.out().await("^ready$");
            List<String> command = new ArrayList<>(List.of(Child.helper("send_burst"), "" + child.pid(), "28"));
            for (int i = 0; i < 28; i++) {
                command.add("queue:RTMIN+" + i);
            }
            try (Child sender = Child.start(command.toArray(String[]::new))) {
                assertThat(sender.ended()).isEqualTo("exited 0");
            }
            for (int i = 0; i < 28; i++) {
                String name = i == 0 ? "RTMIN" : "RTMIN\\+" + i;
                child.out().await("^Queued " + name + " value " + (1000 + i) + " from THIS_PROCESS$");
                child.out().await("^Queued " + name + " value 0 from OTHER_PROCESS$");
            }
            child.tell("end");
            assertThat(child.ended()).isEqualTo("exited 0");
            assertThat(child.out().all()).hasSize(2 * 28 + 1);
        }
    }

    private static List<Facts> sumsOf(Child child) {
        child.out().await("^end$");
        List<Facts> all = new ArrayList<>();
        for (String signal : RAISED) {
            all.add(facts(child, "^signal " + signal.replace("+", "\\+") + " .*"));
        }
        return all;
    }

    private static Facts facts(Child child, String regex) {
        return Facts.of(child.out().await(regex));
    }

    private static void addsUp(Facts facts) {
        assertThat(facts.get("arrived")).isEqualTo(facts.get("raised"));
        assertThat(facts.get("dispatched") + facts.get("lost")).isEqualTo(facts.get("arrived"));
        assertThat(facts.get("events")).isEqualTo(facts.get("dispatched"));
        assertThat(facts.get("told")).isEqualTo(facts.get("lost"));
        assertThat(facts.get("disorder")).isZero();
        assertThat(facts.toString()).endsWith("tail=Sent");
    }

    private static void isWithoutLoss(Facts facts) {
        addsUp(facts);
        assertThat(facts.get("lost")).isZero();
    }

    private static void hasLost(Facts facts) {
        addsUp(facts);
        assertThat(facts.get("lost")).isPositive();
    }

    private static void sendFromOutside(long count) {
        try (Child child = ChildJvm.jvm().start(OutsideBursts.class)) {
            sendFromOutside(child, count);
        }
    }

    /** In bursts that a pipe of the usual size has room for, each acknowledged. */
    private static void sendFromOutside(Child child, long count) {
        long burst = 1000;
        child.out().await("^caught$");
        long sent = 0;
        for (int i = 1; sent < count; i++, sent += burst) {
            child.tell("burst " + burst / 2);
            child.out().await("^ready$", i);
            send(child, burst);
            Facts facts = Facts.of(child.out().await("^burst .*", i));
            assertThat(facts.get("got")).as("%s", facts).isEqualTo(burst / 2);
            assertThat(facts.get("missing") + facts.get("beyond") + facts.get("doubles"))
                    .as("%s", facts)
                    .isZero();
        }
        child.tell("end").out().await("^end$");
        Facts queued = facts(child, "^signal RTMIN\\+3 .*");
        assertThat(queued.get("arrived")).isEqualTo(sent / 2);
        assertThat(queued.get("events")).isEqualTo(sent / 2);
        Facts killed = facts(child, "^signal USR1 .*");
        assertThat(killed.get("arrived")).isBetween(1L, sent / 2);
        for (Facts facts : List.of(queued, killed)) {
            assertThat(facts.get("dispatched") + facts.get("lost")).isEqualTo(facts.get("arrived"));
            assertThat(facts.get("events")).isEqualTo(facts.get("dispatched"));
            assertThat(facts.get("told")).isEqualTo(facts.get("lost"));
            assertThat(facts.get("disorder")).isZero();
        }
        assertThat(facts(child, "^all .*").get("disorder")).isZero();
    }

    private static void send(Child child, long burst) {
        try (Child sender =
                Child.start(Child.helper("send_burst"), "" + child.pid(), "" + burst, "kill:USR1", "queue:RTMIN+3")) {
            assertThat(sender.ended()).isEqualTo("exited 0");
        }
    }
}
