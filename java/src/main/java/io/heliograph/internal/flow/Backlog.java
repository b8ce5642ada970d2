package io.heliograph.internal.flow;

import io.heliograph.Delivery;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.internal.dispatch.Post;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What has arrived for one subscriber and was not requested yet; bounded. It is the way there of all its signals.
 *
 * <p>What does not fit is counted, by signal. The counts become events {@link SignalEvent.Lost} in their place in the order:
 * after the events that were here, and before those that came when there was room again.
 *
 * <p>It loses nothing, and tells nothing twice, where the heap is exhausted: who then can't put an event in throws, and what
 * was there is there. Its lock is a monitor for the same reason as that of a worker's mailbox: it needs no memory to wake.
 */
final class Backlog implements Post {
    private final Object lock = new Object();
    private ArrayDeque<SignalEvent> events = new ArrayDeque<>();
    /** How many events these take without having to grow. */
    private int room = 16;

    private final Map<Signal, SignalEvent.Lost> lost = new TreeMap<>();
    private long requested;
    private boolean over;
    private @Nullable Throwable failure;

    @Override
    public boolean offer(SignalEvent event) {
        synchronized (lock) {
            makeRoomForLost();
            if (over) {
                return true; // nobody is there any more who could miss it
            }
            if (!lost.isEmpty() || events.size() >= Delivery.MAILBOX_CAPACITY) {
                count(new SignalEvent.Lost(event.signal(), event.arrivedAt(), event.sequence(), 1));
                return false;
            }
            makeRoomFor(1);
            events.add(event);
            lock.notifyAll();
            return true;
        }
    }

    @Override
    public void lose(SignalEvent.Lost more) {
        synchronized (lock) {
            if (!over) {
                count(more); // they move when the next event comes, or when those before are gone
                lock.notifyAll();
            }
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
        synchronized (lock) {
            requested = requested > Long.MAX_VALUE - count ? Long.MAX_VALUE : requested + count;
            lock.notifyAll();
        }
    }

    void cancel() {
        synchronized (lock) {
            finish();
        }
    }

    /** Ends the subscription by an error, unless it has ended: then nothing happens (rule 3.6). */
    void fail(Throwable cause) {
        synchronized (lock) {
            if (!over) {
                failure = cause;
                finish();
            }
        }
    }

    /** Why the subscription ended; null where the subscriber cancelled it. */
    @Nullable Throwable failure() {
        synchronized (lock) {
            return failure;
        }
    }

    /** The next event, when it is there and requested; null when the subscription is over. */
    @Nullable SignalEvent take() {
        boolean interrupted = false;
        try {
            synchronized (lock) {
                while (!over && (requested == 0 || (events.isEmpty() && lost.isEmpty()))) {
                    try {
                        lock.wait();
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
                return over ? null : next();
            }
        } catch (Throwable noMemory) {
            fail(noMemory);
            return null;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private @Nullable SignalEvent next() {
        if (events.isEmpty()) {
            makeRoomForLost();
        }
        if (requested < Long.MAX_VALUE) {
            requested--;
        }
        return events.poll();
    }

    private void finish() {
        over = true;
        events.clear();
        lost.clear();
        lock.notifyAll();
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
            List<SignalEvent.Lost> told = new ArrayList<>(lost.values());
            told.sort(Comparator.comparingLong(SignalEvent::sequence));
            makeRoomFor(told.size());
            // What needs memory is done: either all of them move, or none has.
            for (int i = 0; i < told.size(); i++) {
                events.add(told.get(i));
            }
            lost.clear();
        }
    }

    /** Before the deque does so itself: one that finds no memory for it is empty afterwards (ArrayDeque.addLast). */
    private void makeRoomFor(int more) {
        int needed = events.size() + more;
        if (needed <= room) {
            return;
        }
        int larger = Math.max(2 * room, needed);
        ArrayDeque<SignalEvent> roomy = new ArrayDeque<>(larger);
        roomy.addAll(events);
        events = roomy;
        room = larger;
    }
}
