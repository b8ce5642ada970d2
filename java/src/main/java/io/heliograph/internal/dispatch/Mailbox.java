package io.heliograph.internal.dispatch;

import io.heliograph.Delivery;
import io.heliograph.SignalEvent;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bounded queue between the dispatcher and one worker.
 *
 * <p>What does not fit is counted. The count becomes a {@link SignalEvent.Lost} in its place in the order: after the
 * events that were in the mailbox, and before those that came when there was room again.
 */
final class Mailbox {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Condition progressed = lock.newCondition();
    private final ArrayDeque<SignalEvent> events = new ArrayDeque<>();
    private SignalEvent.@Nullable Lost lost;
    private boolean ended;
    private boolean handling;
    private long taken;
    private long put;

    /** Puts the event in, unless the mailbox is full: then it is counted as lost, and the answer is false. */
    boolean offer(SignalEvent event) {
        lock.lock();
        try {
            flushLost();
            if (lost != null || events.size() >= Delivery.MAILBOX_CAPACITY) {
                count(new SignalEvent.Lost(event.signal(), event.arrivedAt(), event.sequence(), 1));
                return false;
            }
            add(event);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Counts arrivals that were lost before they came here. */
    void lose(SignalEvent.Lost more) {
        lock.lock();
        try {
            count(more);
            flushLost();
        } finally {
            lock.unlock();
        }
    }

    void end() {
        lock.lock();
        try {
            ended = true;
            filled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The next event, waiting for it; null when there will be none. The one before it counts as handled. */
    @Nullable SignalEvent take() {
        lock.lock();
        try {
            noteHandled();
            while (events.isEmpty() && lost == null && !ended) {
                filled.awaitUninterruptibly();
            }
            return next();
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #take()}, but null at once where there is none now. */
    @Nullable SignalEvent poll() {
        lock.lock();
        try {
            noteHandled();
            return next();
        } finally {
            lock.unlock();
        }
    }

    void awaitHandled(long deadline) throws InterruptedException {
        lock.lock();
        try {
            long all = put;
            while (handled() < all || lost != null) {
                long left = deadline - System.nanoTime();
                if (left <= 0 || !progressed.await(left, TimeUnit.NANOSECONDS)) {
                    return;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private long handled() {
        return handling ? taken - 1 : taken;
    }

    private void noteHandled() {
        handling = false;
        progressed.signalAll();
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
        events.add(event);
        put++;
        filled.signal();
    }

    private void count(SignalEvent.Lost more) {
        SignalEvent.Lost before = lost;
        lost = before == null
                ? more
                : new SignalEvent.Lost(more.signal(), more.arrivedAt(), more.sequence(), before.count() + more.count());
        filled.signal();
    }

    private void flushLost() {
        SignalEvent.Lost told = lost;
        if (told != null && events.size() < Delivery.MAILBOX_CAPACITY) {
            lost = null;
            add(told);
        }
    }
}
