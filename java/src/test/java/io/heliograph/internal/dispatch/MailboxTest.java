package io.heliograph.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.Delivery;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MailboxTest {
    private static final int CAPACITY = Delivery.MAILBOX_CAPACITY;
    /** A deadline that no test reaches. */
    private static final long FAR = System.nanoTime() + TimeUnit.HOURS.toNanos(1);

    private final Mailbox mailbox = new Mailbox();

    @Test
    void eventsComeOutAsTheyWentIn() {
        offer(1, 3);
        assertThat(sequences(drain())).containsExactly(1L, 2L, 3L);
        assertThat(mailbox.poll()).isNull();
    }

    @Test
    void aLossIsReportedBehindTheEventsBeforeIt() {
        assertThat(offer(1, CAPACITY)).isEqualTo(CAPACITY);
        assertThat(offer(CAPACITY + 1, CAPACITY + 5)).isZero();
        List<SignalEvent> all = drain();
        assertThat(all).hasSize(CAPACITY + 1);
        assertThat(all.get(CAPACITY)).isInstanceOfSatisfying(SignalEvent.Lost.class, lost -> {
            assertThat(lost.count()).isEqualTo(5);
            assertThat(lost.signal()).isSameAs(Signal.USR1);
        });
        assertThat(sequences(all)).isSorted();
    }

    @Test
    void whatCameWhenThereWasRoomAgainComesBehindTheLoss() {
        offer(1, CAPACITY);
        offer(CAPACITY + 1, CAPACITY + 3);
        mailbox.poll();
        mailbox.poll();
        assertThat(offer(CAPACITY + 4, CAPACITY + 4)).isEqualTo(1);
        assertThat(offer(CAPACITY + 5, CAPACITY + 6)).isZero();
        List<SignalEvent> all = drain();
        assertThat(kinds(all.subList(CAPACITY - 3, all.size()))).containsExactly("Sent", "Lost 3", "Sent", "Lost 2");
        assertThat(sequences(all)).isSorted();
    }

    @Test
    void lossesFromThePipeAddUpToOneAndStayInTheirPlace() {
        offer(1, 1);
        mailbox.lose(new SignalEvent.Lost(Signal.USR1, 2, 2, 40));
        offer(3, 3);
        mailbox.lose(new SignalEvent.Lost(Signal.USR1, 4, 4, 2));
        assertThat(kinds(drain())).containsExactly("Sent", "Lost 40", "Sent", "Lost 2");
        offer(5, 4 + CAPACITY);
        mailbox.lose(new SignalEvent.Lost(Signal.USR1, 5 + CAPACITY, 5 + CAPACITY, 3));
        offer(6 + CAPACITY, 6 + CAPACITY);
        mailbox.lose(new SignalEvent.Lost(Signal.USR1, 7 + CAPACITY, 7 + CAPACITY, 4));
        List<SignalEvent> all = drain();
        assertThat(kinds(all.subList(CAPACITY, all.size()))).containsExactly("Lost 8");
    }

    @Test
    void whatIsThereAtTheEndIsStillTaken() {
        offer(1, 2);
        mailbox.end();
        assertThat(mailbox.take()).isEqualTo(event(1));
        assertThat(mailbox.take()).isEqualTo(event(2));
        assertThat(mailbox.take()).isNull();
    }

    @Test
    void aLossAtTheEndIsReported() {
        offer(1, CAPACITY + 1);
        mailbox.end();
        int taken = 0;
        SignalEvent last = null;
        for (SignalEvent event = mailbox.take(); event != null; event = mailbox.take()) {
            last = event;
            taken++;
        }
        assertThat(taken).isEqualTo(CAPACITY + 1);
        assertThat(last).isInstanceOf(SignalEvent.Lost.class);
    }

    @Test
    void theEndWakesWhoWaits() throws InterruptedException {
        Thread taker = new Thread(() -> assertThat(mailbox.take()).isNull());
        taker.start();
        mailbox.end();
        taker.join();
        assertThat(taker.isAlive()).isFalse();
    }

    @Test
    void anInterruptDoesNotEndTheWait() throws InterruptedException {
        CountDownLatch taken = new CountDownLatch(1);
        Thread taker = new Thread(() -> {
            Thread.currentThread().interrupt();
            if (mailbox.take() != null) {
                taken.countDown();
            }
        });
        taker.start();
        offer(1, 1);
        taken.await();
    }

    @Test
    void nothingToHandleIsHandled() throws InterruptedException {
        mailbox.awaitHandled(FAR);
        offer(1, 1);
        mailbox.poll();
        mailbox.poll(); // who asks for the next has handled the one before
        mailbox.awaitHandled(FAR);
    }

    @Test
    void anEventIsHandledWhenItsTakerComesBack() throws InterruptedException {
        offer(1, 1);
        mailbox.take();
        Thread waiter = new Thread(() -> {
            try {
                mailbox.awaitHandled(FAR);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        waiter.start();
        // It waits on the condition's monitor, or is on its way there: it is not done while the event is at work.
        while (waiter.getState() != Thread.State.TIMED_WAITING) {
            assertThat(waiter.getState()).isNotEqualTo(Thread.State.TERMINATED);
            Thread.onSpinWait();
        }
        mailbox.poll();
        waiter.join();
    }

    @Test
    void theDeadlineEndsTheWait() throws InterruptedException {
        offer(1, 1);
        mailbox.awaitHandled(System.nanoTime() - 1);
        assertThat(mailbox.poll()).isEqualTo(event(1));
    }

    /** Offers events of these sequences; how many were taken. */
    private int offer(long from, long to) {
        int taken = 0;
        for (long sequence = from; sequence <= to; sequence++) {
            taken += mailbox.offer(event(sequence)) ? 1 : 0;
        }
        return taken;
    }

    private static SignalEvent event(long sequence) {
        return new SignalEvent.FromKernel(Signal.USR1, sequence, sequence, 128);
    }

    private List<SignalEvent> drain() {
        List<SignalEvent> all = new ArrayList<>();
        for (SignalEvent event = mailbox.poll(); event != null; event = mailbox.poll()) {
            all.add(event);
        }
        return all;
    }

    private static List<Long> sequences(List<SignalEvent> events) {
        return events.stream().map(SignalEvent::sequence).toList();
    }

    private static List<String> kinds(List<SignalEvent> events) {
        return events.stream()
                .map(event -> event instanceof SignalEvent.Lost lost ? "Lost " + lost.count() : "Sent")
                .toList();
    }
}
