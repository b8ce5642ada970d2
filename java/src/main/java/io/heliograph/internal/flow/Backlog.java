package io.heliograph.internal.flow;

import io.heliograph.Delivery;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.internal.dispatch.Post;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What has arrived for one subscriber and was not requested yet; bounded. It is the way there of all its signals.
 *
 * <p>What does not fit is counted, by signal. The counts become events {@link SignalEvent.Lost} in their place in the order:
 * after the events that were here, and before those that came when there was room again.
 */
final class Backlog implements Post {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<SignalEvent> events = new ArrayDeque<>();
    private final Map<Signal, SignalEvent.Lost> lost = new TreeMap<>();
    private long requested;
    private boolean over;
    private @Nullable Throwable failure;

    @Override
    public boolean offer(SignalEvent event) {
        lock.lock();
        try {
            makeRoomForLost();
            if (over) {
                return true; // nobody is there any more who could miss it
            }
            if (!lost.isEmpty() || events.size() >= Delivery.MAILBOX_CAPACITY) {
                count(new SignalEvent.Lost(event.signal(), event.arrivedAt(), event.sequence(), 1));
                return false;
            }
            events.add(event);
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void lose(SignalEvent.Lost more) {
        lock.lock();
        try {
            if (!over) {
                count(more);
                makeRoomForLost();
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Cancelling came before: registrations are closed by nobody else. */
    @Override
    public void end() {}

    /** A subscriber takes its time by right: nothing waits for what it has not requested. */
    @Override
    public void awaitHandled(long deadline) {}

    /** Rule 3.17: more than can be counted is as good as no bound. */
    void request(long count) {
        lock.lock();
        try {
            requested = requested > Long.MAX_VALUE - count ? Long.MAX_VALUE : requested + count;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    void cancel() {
        lock.lock();
        try {
            finish();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the subscription by an error, unless it has ended: then nothing happens (rule 3.6). */
    void fail(Throwable cause) {
        lock.lock();
        try {
            if (!over) {
                failure = cause;
                finish();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Why the subscription ended; null where the subscriber cancelled it. */
    @Nullable Throwable failure() {
        lock.lock();
        try {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    /** The next event, when it is there and requested; null when the subscription is over. */
    @Nullable SignalEvent take() {
        lock.lock();
        try {
            while (!over && (requested == 0 || (events.isEmpty() && lost.isEmpty()))) {
                changed.awaitUninterruptibly();
            }
            if (over) {
                return null;
            }
            if (requested < Long.MAX_VALUE) {
                requested--;
            }
            makeRoomForLost();
            return events.poll();
        } catch (Throwable noMemory) {
            fail(noMemory);
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void finish() {
        over = true;
        events.clear();
        lost.clear();
        changed.signal();
    }

    private void count(SignalEvent.Lost more) {
        lost.merge(
                more.signal(),
                more,
                (before, last) -> new SignalEvent.Lost(
                        last.signal(), last.arrivedAt(), last.sequence(), before.count() + last.count()));
    }

    /** Moves the losses behind the events, once all of them fit: so one of a signal comes at a time. */
    private void makeRoomForLost() {
        if (!lost.isEmpty() && events.size() + lost.size() <= Delivery.MAILBOX_CAPACITY) {
            lost.values().stream()
                    .sorted(Comparator.comparingLong(SignalEvent::sequence))
                    .forEach(events::add);
            lost.clear();
        }
    }
}
