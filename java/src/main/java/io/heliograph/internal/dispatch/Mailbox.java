package io.heliograph.internal.dispatch;

import io.heliograph.Delivery;
import io.heliograph.SignalEvent;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The bounded queue between the dispatcher and one worker.
 *
 * <p>Events that do not fit are counted. The count becomes a {@link SignalEvent.Lost} in its place in the order: after
 * the events in the mailbox, and before those that come when there is room again.
 *
 * <p>It stays consistent when the heap is exhausted: a method does what it says, or changes nothing and throws. So its
 * lock is a monitor. A {@code Condition} needs memory to wait and to signal; on Java 17 a waiter that finds none never
 * wakes (AbstractQueuedSynchronizer.enqueue).
 */
final class Mailbox {
    private final Object lock = new Object();
    private ArrayDeque<SignalEvent> events = new ArrayDeque<>();
    /** How many events the deque holds without growing. */
    private int room = 16;

    private SignalEvent.@Nullable Lost lost;
    private boolean ended;
    private boolean handling;
    private long taken;
    private long put;

    /** Adds the event. If the mailbox is full, it counts the event as lost and returns false. */
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

    /** Counts arrivals that were lost on the way here. */
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

    /** Waits for the next event; returns null when there will be none. The event before it counts as handled. */
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

    /** As {@link #take()}, but returns null if there is none now. */
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

    /** A deque that finds no memory when it grows itself is empty afterwards (ArrayDeque.addLast). */
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
        SignalEvent.Lost counted = lost;
        if (counted != null && events.size() < Delivery.MAILBOX_CAPACITY) {
            add(counted);
            lost = null;
        }
    }
}
