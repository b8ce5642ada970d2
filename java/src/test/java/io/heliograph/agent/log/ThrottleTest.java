package io.heliograph.agent.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.Sender;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** On a clock of its own: what is due is run when the test says what time it is. */
class ThrottleTest {
    private static final long SECOND = Throttle.SECOND;

    private final TimedTasks timer = new TimedTasks();
    private final List<String> lines = new ArrayList<>();
    private final Throttle throttle = new Throttle(
            timer::add, (signal, count, last) -> lines.add(signal + " " + count + " more, last at " + last));

    @Test
    void tenHaveALineAndTheRestIsCountedAtTheEndOfTheSecond() {
        send(Signal.USR1, 100, 7);
        assertThat(lines).hasSize(10).containsOnly("USR1 at 7");
        clock(7 + SECOND - 1);
        assertThat(lines).hasSize(10);
        clock(7 + SECOND);
        assertThat(lines).hasSize(11).endsWith("USR1 90 more, last at 7");
        clock(10 * SECOND);
        assertThat(lines).hasSize(11);
    }

    /** As a script has them that runs kill(1) again and again. */
    @Test
    void manySendersHaveAHundredLines() {
        for (int pid = 1; pid <= 90; pid++) {
            sendFrom(pid, 0);
        }
        assertThat(lines).hasSize(90);
        for (int pid = 91; pid <= 150; pid++) {
            sendFrom(pid, 1);
        }
        clock(SECOND);
        assertThat(lines).hasSize(101).endsWith("USR1 50 more, last at 1");
        sendFrom(150, SECOND);
        assertThat(lines).hasSize(102).endsWith("USR1 at " + SECOND);
    }

    @Test
    void oneSendersFloodTakesNoLineFromAnother() {
        send(Signal.USR1, 50, 0);
        sendFrom(2, 1);
        assertThat(lines).hasSize(11).endsWith("USR1 at 1");
        clock(SECOND);
        assertThat(lines).hasSize(12).endsWith("USR1 40 more, last at 0");
    }

    @Test
    void tenNeedNoCount() {
        send(Signal.USR1, 10, 0);
        send(Signal.USR1, 10, SECOND);
        clock(3 * SECOND);
        assertThat(lines).hasSize(20).allMatch(line -> line.startsWith("USR1 at"));
    }

    /** Where the next second's first one comes before the timer does. */
    @Test
    void theNextSecondBeginsWithTheCountOfTheLast() {
        send(Signal.USR1, 12, 0);
        send(Signal.USR1, 11, SECOND);
        assertThat(lines.subList(10, 12)).containsExactly("USR1 2 more, last at 0", "USR1 at " + SECOND);
        clock(SECOND + 1); // the first second's time: the second one's count is not due
        assertThat(lines).hasSize(21);
        clock(2 * SECOND);
        assertThat(lines).hasSize(22).endsWith("USR1 1 more, last at " + SECOND);
    }

    @Test
    void aFloodHasElevenLinesASecondAndEachIsCounted() {
        Random random = new Random(1);
        long now = -5 * SECOND; // nanoTime may be negative
        int sent = 0;
        for (; now < 5 * SECOND; now += random.nextInt(1_000_000)) {
            send(Signal.USR1, 1, now);
            sent++;
            if (random.nextBoolean()) {
                clock(now);
            }
        }
        clock(now + SECOND);
        assertThat(shown() + counted()).isEqualTo(sent);
        assertThat(lines.size()).isBetween(100, 11 * 11);
    }

    /** Another's flood holds up no line, and what came before a line stands before it. */
    @Test
    void anotherSignalsFirstLineComesAtOnceBehindTheCount() {
        send(Signal.USR1, 50, 0);
        send(Signal.TERM, 2, 1);
        assertThat(lines.subList(10, 13)).containsExactly("USR1 40 more, last at 0", "TERM at 1", "TERM at 1");
        send(Signal.USR1, 5, 2);
        clock(SECOND);
        assertThat(lines.subList(13, 14)).containsExactly("USR1 5 more, last at 2");
        clock(3 * SECOND);
        assertThat(lines).hasSize(14);
    }

    /** Handlers on two threads can stamp their arrivals out of order. */
    @Test
    void whatArrivedABitEarlierBelongsToTheSameSecond() {
        send(Signal.USR1, 10, 5);
        send(Signal.USR1, 1, 4);
        assertThat(lines).hasSize(10);
    }

    @Test
    void aLossCountsAsManyAsItIs() {
        send(Signal.USR1, 10, 0);
        for (int i = 0; i < Throttle.MOST_LINES_OF_SENDER; i++) {
            assertThat(throttle.admits(loss(3))).isTrue();
        }
        assertThat(throttle.admits(loss(500))).isFalse();
        send(Signal.USR1, 1, 2);
        throttle.tellAll();
        assertThat(lines).hasSize(11).endsWith("USR1 501 more, last at 2");
    }

    private static SignalEvent loss(long count) {
        return new SignalEvent.Lost(Signal.USR1, 1, 0, count);
    }

    private long shown() {
        return lines.stream()
                .filter(line -> line.contains(" at ") && !line.contains("more"))
                .count();
    }

    private long counted() {
        return lines.stream()
                .filter(line -> line.contains("more"))
                .mapToLong(line -> Long.parseLong(line.split(" ")[1]))
                .sum();
    }

    private void send(Signal signal, int times, long at) {
        for (int i = 0; i < times; i++) {
            sendOne(signal, 1, at);
        }
    }

    private void sendFrom(int pid, long at) {
        sendOne(Signal.USR1, pid, at);
    }

    private void sendOne(Signal signal, int pid, long at) {
        if (throttle.admits(new SignalEvent.Sent(signal, at, 0, Sender.of(pid, 0)))) {
            lines.add(signal + " at " + at);
        }
    }

    private void clock(long now) {
        for (Runnable task = timer.takeDue(now); task != null; task = timer.takeDue(now)) {
            task.run();
        }
    }
}
