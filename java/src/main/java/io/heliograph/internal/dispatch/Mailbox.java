package io.heliograph.internal.dispatch;

import io.heliograph.Delivery;
import io.heliograph.SignalEvent;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The bounded queue between the dispatcher and one worker.
 *
 * <p>What does not fit is counted. The count becomes a {@link SignalEvent.Lost} in its place in the order: after the
 * events that were in the mailbox, and before those that came when there was room again.
 *
 * <p>It stays whole where the heap is exhausted: a method either does what it says or changes nothing and throws. Its lock
 * is a monitor for that reason: a {@code Condition} of {@code java.util.concurrent} needs memory to wait and to signal, and
 * on Java 17 never wakes the thread that it was short of some for (AbstractQueuedSynchronizer.enqueue; 25 goes on trying).
 */
final class Mailbox {
    private final Object lock = new Object();
    private ArrayDeque<SignalEvent> events = new ArrayDeque<>();
    /** How many events these take without having to grow. */
    private int room = 16;

    private SignalEvent.@Nullable Lost lost;
    private boolean ended;
    private boolean handling;
    private long taken;
    private long put;

    /** Puts the event in, unless the mailbox is full: then it is counted as lost, and the answer is false. */
    boolean offer(SignalEvent event) {
        synchronized (lock) {
            flushLost();
            if (lost != null || events.size() >= Delivery.MAILBOX_CAPACITY) {
                count(new SignalEvent.Lost(event.signal(), event.arrivedAt(), event.sequence(), 1));
                return false;
            }
            add(event);
            return true;
        }
    }

    /** Counts arrivals that were lost before they came here. */
    void lose(SignalEvent.Lost more) {
        synchronized (lock) {
            count(more);
        }
    }

    void end() {
        synchronized (lock) {
            ended = true;
            lock.notifyAll();
        }
    }

    /** The next event, waiting for it; null when there will be none. The one before it counts as handled. */
    @Nullable SignalEvent take() {
        boolean interrupted = false;
        try {
            synchronized (lock) {
                noteHandled();
                while (events.isEmpty() && lost == null && !ended) {
                    try {
                        lock.wait();
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
                return next();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** As {@link #take()}, but null at once where there is none now. */
    @Nullable SignalEvent poll() {
        synchronized (lock) {
            noteHandled();
            return next();
        }
    }

    void awaitHandled(long deadline) throws InterruptedException {
        synchronized (lock) {
            long all = put + (lost == null ? 0 : 1);
            while (handled() < all) {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return;
                }
                TimeUnit.NANOSECONDS.timedWait(lock, left);
            }
        }
    }

    private long handled() {
        return handling ? taken - 1 : taken;
    }

    private void noteHandled() {
        if (handling) {
            handling = false;
            lock.notifyAll();
        }
    }

    private @Nullable SignalEvent next() {
        SignalEvent event = events.poll();
        if (event == null) {
            event = lost;
            lost = null;
            put += event == null ? 0 : 1;
        }
        if (event != null) {
            taken++;
            handling = true;
        }
        return event;
    }

    private void add(SignalEvent event) {
        makeRoom();
        events.add(event);
        put++;
        lock.notifyAll();
    }

    /** Before the deque does so itself: one that finds no memory for it is empty afterwards (ArrayDeque.addLast). */
    private void makeRoom() {
        if (events.size() < room) {
            return;
        }
        ArrayDeque<SignalEvent> larger = new ArrayDeque<>(2 * room);
        larger.addAll(events);
        events = larger;
        room *= 2;
    }

    private void count(SignalEvent.Lost more) {
        SignalEvent.Lost before = lost;
        lost = before == null
                ? more
                : new SignalEvent.Lost(more.signal(), more.arrivedAt(), more.sequence(), before.count() + more.count());
        lock.notifyAll();
    }

    private void flushLost() {
        SignalEvent.Lost told = lost;
        if (told != null && events.size() < Delivery.MAILBOX_CAPACITY) {
            add(told);
            lost = null;
        }
    }
}
