package io.heliograph;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.signals.Awaiting;
import io.heliograph.programs.signals.Console;
import io.heliograph.programs.signals.EventCosts;
import io.heliograph.programs.signals.ExecutorOrder;
import io.heliograph.programs.signals.Publishing;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Conversation;
import io.heliograph.testing.Facts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a worker is given, where, and what an event costs. */
class DeliveryIT {
    @ParameterizedTest
    @ValueSource(strings = {"inline", "own", "executor"})
    void anEventSaysHowItsSignalCameAbout(String delivery) {
        try (Conversation app = Conversation.with(ChildJvm.jvm())) {
            app.tellAll("on a USR1 " + delivery, "on r RTMIN+5 " + delivery, "on c CHLD " + delivery);
            app.tellAll("raise USR1", "queue self USR1 -7", "send self RTMIN+5", "queue self RTMIN+5 2147483647");
            String self = "from pid " + app.pid() + ", uid [0-9]+ THIS_PROCESS";
            app.out().await("^a got Sent USR1 " + self + " in ");
            app.out().await("^a got Queued USR1 " + self + " value -7 in ");
            app.out().await("^r got Sent RTMIN\\+5 " + self + " in ");
            app.out().await("^r got Queued RTMIN\\+5 " + self + " value 2147483647 in ");
            String exited = app.tell("spawn exit_3");
            app.out().await("^c got ChildChanged CHLD " + exited + " EXITED 3 in ");
            String killed = app.tell("spawn kill_-9_$$");
            app.out().await("^c got ChildChanged CHLD " + killed + " KILLED 9 in ");
            assertThat(app.end()).isEqualTo("exited 0");
        }
    }

    @Test
    void anotherProcessIsTheSenderOfWhatItSends() {
        try (Conversation app = Conversation.with(ChildJvm.jvm())) {
            app.tellAll("on a USR1 inline");
            try (Child sender = Child.start(Child.helper("send_burst"), "" + app.pid(), "1", "queue:USR1")) {
                app.out()
                        .await("^a got Queued USR1 from pid " + sender.pid()
                                + ", uid [0-9]+ OTHER_PROCESS value 0 in ");
            }
        }
    }

    @Test
    void theTerminalsControlCIsFromTheKernel() {
        String java = String.join(" ", ChildJvm.jvm().command(Console.class.getName()));
        String command = "stty -echo; echo quiet; exec " + java; // an echoed command would look like its answer
        List<String> inTerminal = List.of("script", "-qefc", command, "/dev/null");
        try (Child script = Child.start(inTerminal, Map.of("SHELL", "/bin/sh"));
                Conversation app = Conversation.with(script)) {
            app.out().await("^quiet");
            app.tellAll("on a INT inline");
            script.type("\u0003");
            app.out().await("a got FromKernel INT code 128 in "); // SI_KERNEL
        }
    }

    @Test
    void severalRegistrationsOfASignalAllGetIt() {
        try (Conversation app = Conversation.with(ChildJvm.jvm())) {
            app.tellAll("on a USR1 inline", "on b USR1 own", "observe c USR1 executor", "raise USR1");
            app.out().await("^a got Sent USR1 .* in heliograph-dispatcher$");
            app.out().await("^b got Sent USR1 .* in heliograph-USR1-[0-9]+$");
            app.out().await("^c got Sent USR1 .* in executor$");
            app.tellAll("close a", "on d USR1 inline", "raise USR1");
            app.out().await("^b got ", 2);
            app.out().await("^c got ", 2);
            app.out().await("^d got ");
            assertThat(app.end()).isEqualTo("exited 0");
            assertThat(got(app, "a")).isEqualTo(1);
        }
    }

    @Test
    void anIgnoreThatIsNewerBeatsAWorkerAndGivesWayWhenClosed() {
        try (Conversation app = Conversation.with(ChildJvm.jvm())) {
            app.tellAll("on a USR1 inline", "ignore b USR1");
            assertThat(app.tell("disposition USR1")).isEqualTo("IGNORED ours=false registrations=2 in none");
            app.tellAll("raise USR1", "close b");
            assertThat(app.tell("disposition USR1")).isEqualTo("CAUGHT ours=true registrations=1 in libheliograph.so");
            app.tellAll("queue self USR1 1");
            app.out().await("^a got Queued USR1 .* value 1 ");
            app.tellAll("on c USR1 inline", "ignore b USR1", "on d USR1 inline", "queue self USR1 2");
            for (String name : List.of("a", "c", "d")) {
                app.out().await("^" + name + " got Queued USR1 .* value 2 ");
            }
            assertThat(app.end()).isEqualTo("exited 0");
            assertThat(got(app, "a")).isEqualTo(2);
        }
    }

    @Test
    void anObserverSeesWhatIsIgnored() {
        try (Conversation app = Conversation.with(ChildJvm.jvm())) {
            app.tellAll("observe a USR1 inline", "on b USR1 inline", "ignore c USR1", "queue self USR1 1");
            app.out().await("^a got Queued USR1 .* value 1 ");
            app.tellAll("close c", "queue self USR1 2");
            app.out().await("^a got Queued USR1 .* value 2 ");
            app.out().await("^b got Queued USR1 .* value 2 ");
            assertThat(app.end()).isEqualTo("exited 0");
            assertThat(got(app, "b")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"inline", "own", "executor"})
    void anObservedSignalThenEndsTheProcessByItself(String delivery) {
        try (Child child = ChildJvm.jvm().start(Console.class);
                Conversation app = Conversation.with(child)) {
            app.tellAll("observe a USR1 " + delivery);
            child.tell("2 raise USR1");
            app.out().await("^a got Sent USR1 ");
            assertThat(child.ended()).isEqualTo("signaled 10");
        }
    }

    @Test
    void theDefaultThatIsNewerEndsTheProcessByTheSignal() {
        try (Child child = ChildJvm.jvm().start(Console.class);
                Conversation app = Conversation.with(child)) {
            app.tellAll("on a TERM inline", "raise TERM", "default b TERM");
            app.out().await("^a got Sent TERM ");
            assertThat(app.tell("disposition TERM")).isEqualTo("DEFAULT ours=false registrations=2 in none");
            child.tell("5 raise TERM");
            assertThat(child.ended()).isEqualTo("signaled 15");
        }
    }

    @Test
    void theLastCloseBringsBackWhatWasThereBefore() {
        try (Conversation app = Conversation.with(ChildJvm.jvm())) {
            List<String> signals = List.of("USR1", "TERM", "QUIT", "USR2", "WINCH", "RTMIN+7");
            List<String> before =
                    signals.stream().map(s -> app.tell("disposition " + s)).toList();
            assertThat(before.get(1)).isEqualTo("CAUGHT ours=false registrations=0 in libjvm.so");
            for (String signal : signals) {
                app.tellAll("on a " + signal + " inline", "observe b " + signal + " own");
                assertThat(app.tell("disposition " + signal)).startsWith("CAUGHT ours=true registrations=2 ");
                app.tellAll("close a", "close b");
            }
            assertThat(signals.stream().map(s -> app.tell("disposition " + s)).toList())
                    .isEqualTo(before);
            assertThat(app.end()).isEqualTo("exited 0");
        }
    }

    @Test
    void anExecutorReceivesTheEventsInOrderAndOneAtATime() {
        try (Child child = ChildJvm.jvm().start(ExecutorOrder.class)) {
            Facts facts = Facts.of(child.out().await("^order .*"));
            assertThat(facts.get("events")).isEqualTo(20_000);
            assertThat(facts.get("disorder")).isZero();
            assertThat(facts.get("overlaps")).isZero();
            assertThat(facts.get("threads")).isBetween(1L, 4L);
        }
    }

    /** What the README says in place of a publisher of ours. */
    @Test
    void theJdksPublisherPassesEachEventOnInOrder() {
        try (Child child = ChildJvm.jvm().start(Publishing.class)) {
            child.out().await("^consumed 1000, out of order 0$");
            child.out().await("^after DEFAULT$");
            assertThat(child.ended()).isEqualTo("exited 0");
            assertThat(child.err().all()).isEmpty();
        }
    }

    @Test
    void awaitGivesTheFirstEventOrNothingOrIsInterrupted() {
        try (Child child = ChildJvm.jvm().start(Awaiting.class)) {
            child.out().await("^event Sent WINCH$");
            child.out().await("^nothing$");
            child.out().await("^interrupted$");
            child.out().await("^registrations 0 0$");
            assertThat(child.ended()).isEqualTo("exited 0");
        }
    }

    @Test
    void sendingToAProcessThatIsGoneNamesTheCallAndTheReason() {
        try (Conversation app = Conversation.with(ChildJvm.jvm())) {
            // The largest id of all: a kernel gives none above PID_MAX_LIMIT, 4194304.
            assertThat(app.tell("send 2147483647 TERM"))
                    .isEqualTo("SignalException: kill(2147483647, TERM): No such process (errno 3)");
            assertThat(app.tell("queue 2147483647 RTMIN+3 5"))
                    .isEqualTo("SignalException: sigqueue(2147483647, RTMIN+3, 5): No such process (errno 3)");
        }
    }

    @Test
    void theLedgerCountsEachSignalByItself() {
        try (Conversation app = Conversation.with(ChildJvm.jvm())) {
            app.tellAll("on a USR1 own", "raise USR1", "raise USR1", "ignore b USR1", "raise USR1");
            app.tellAll("on c URG inline", "raise URG");
            app.out().await("^c got ");
            app.out().await("^a got ", 2);
            // The event's place in the order says that both USR1 have been dispatched; its own count comes behind it.
            assertThat(app.tell("ledger USR1")).isEqualTo("arrived=2 dispatched=2 lost=0");
            assertThat(app.tell("ledger WINCH")).isEqualTo("arrived=0 dispatched=0 lost=0");
        }
    }

    @Test
    void anEventStartsNoThreadTakesFewBytesAndIsStampedWhenItArrived() {
        try (Child child = ChildJvm.jvm().start(EventCosts.class)) {
            Facts facts = Facts.of(child.out().await("^costs .*"));
            assertThat(facts.get("threads")).isZero();
            assertThat(facts.get("outside")).isZero();
            assertThat(facts.get("events")).isEqualTo(100_000);
            assertThat(facts.get("bytes")).isBetween(1L, 64L);
            System.out.println("DeliveryIT: bytes allocated an inline event: " + facts.get("bytes"));
        }
    }

    private static long got(Conversation app, String name) {
        return app.out().all().stream()
                .filter(line -> line.startsWith(name + " got "))
                .count();
    }
}
