package io.heliograph;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.signals.Console;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Conversation;
import io.heliograph.testing.Courier;
import io.heliograph.testing.ProcStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every signal that a worker is given is an event of the Flight Recorder's. */
class FlightRecorderIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"inline", "own", "executor"})
    void whatARecordingTellsOfASignal(String delivery) throws IOException {
        Path file = folder.resolve("signals.jfr");
        Instant before = Instant.now();
        long sender;
        long queuer;
        try (Conversation app = Conversation.with(
                ChildJvm.jvm().option("-XX:StartFlightRecording:filename=" + file + ",dumponexit=true"))) {
            app.tellAll("on a USR1 " + delivery, "observe b URG " + delivery);
            try (Courier courier = Courier.send("USR1", app.pid())) {
                app.out().await("^a got Sent USR1 ");
                app.tellAll("queue self URG 0"); // b's turn, and what it is given is told of below
                sender = courier.pid();
            }
            app.out().await("^b got Queued URG ");
            queuer = Child.run("kill", "-s", "USR1", "-q", "77", "" + app.pid());
            app.out().await("^a got Queued USR1 from pid " + queuer + ", .* value 77 ");
            assertThat(app.end()).isEqualTo("exited 0");
        }
        Instant after = Instant.now();

        List<RecordedEvent> events = events(file);
        assertThat(events).hasSize(3);
        RecordedEvent sent = one(events, "USR1", "Sent");
        assertThat(sent.getLong("pid")).isEqualTo(sender);
        assertThat(sent.getLong("uid")).isEqualTo(ProcStatus.ownUid());
        assertThat(sent.getString("command")).isEqualTo("courier");
        assertThat(sent.getInt("value")).isZero();
        RecordedEvent queued = one(events, "USR1", "Queued");
        assertThat(queued.getLong("pid")).isEqualTo(queuer);
        assertThat(queued.getInt("value")).isEqualTo(77);
        RecordedEvent own = one(events, "URG", "Queued");
        assertThat(own.getString("command")).isEqualTo("java");
        for (RecordedEvent event : events) {
            assertThat(event.getLong("count")).isEqualTo(1);
            assertThat(event.getClass("worker").getName()).startsWith(Console.class.getName());
            Instant arrival = event.getInstant("arrival");
            Duration toWorker = event.getDuration("timeToWorker");
            assertThat(arrival).isBetween(before, after).isBeforeOrEqualTo(event.getStartTime());
            assertThat(toWorker).isPositive().isLessThan(Duration.between(before, after));
            assertThat(event.getDuration()).isPositive().isLessThan(Duration.between(before, after));
            assertThat(event.getStackTrace()).isNull();
            assertThat(event.getEventType().getCategoryNames()).containsExactly("Heliograph");
        }
    }

    /** The time that the worker took is its own: a slow worker's is long, and the time to it is not. */
    @Test
    void aRecordingThatBeginsAndEndsWhileTheProgramRuns() throws IOException {
        Path file = folder.resolve("signals.jfr");
        try (Conversation app = Conversation.with(ChildJvm.jvm())) {
            app.tellAll("on a USR1 inline", "raise USR1");
            jcmd(app.pid(), "JFR.start", "name=signals", "settings=none", "+heliograph.Signal#enabled=true");
            app.tellAll("queue self USR1 1");
            app.out().await("^a got Queued USR1 .* value 1 ");
            jcmd(app.pid(), "JFR.dump", "name=signals", "filename=" + file);
            jcmd(app.pid(), "JFR.stop", "name=signals");
            app.tellAll("queue self USR1 2");
            app.out().await("^a got Queued USR1 .* value 2 ");
            assertThat(app.end()).isEqualTo("exited 0");
        }
        assertThat(events(file)).extracting(event -> event.getInt("value")).containsExactly(1);
    }

    @Test
    void aRecordingThatDoesNotWantSignals() throws IOException {
        Path file = folder.resolve("signals.jfr");
        ChildJvm jvm = ChildJvm.jvm()
                .option("-XX:StartFlightRecording:filename=" + file
                        + ",dumponexit=true,+heliograph.Signal#enabled=false");
        try (Conversation app = Conversation.with(jvm)) {
            app.tellAll("on a USR1 inline", "raise USR1");
            app.out().await("^a got Sent USR1 ");
            assertThat(app.end()).isEqualTo("exited 0");
        }
        assertThat(file).exists();
        assertThat(events(file)).isEmpty();
    }

    private static void jcmd(long pid, String... command) {
        String[] all = new String[command.length + 2];
        all[0] = ChildJvm.tool("jcmd");
        all[1] = Long.toString(pid);
        System.arraycopy(command, 0, all, 2, command.length);
        Child.run(all);
    }

    private static RecordedEvent one(List<RecordedEvent> events, String signal, String origin) {
        List<RecordedEvent> found = events.stream()
                .filter(event -> event.getString("signal").equals(signal))
                .filter(event -> event.getString("origin").equals(origin))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static List<RecordedEvent> events(Path file) throws IOException {
        assertThat(Files.size(file)).isPositive();
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals("heliograph.Signal"))
                .toList();
    }
}
