package io.heliograph.internal.dispatch;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The recipients of a signal's arrivals, and since when each was one.
 *
 * <p>An event goes to the workers that were registered when the signal arrived. The dispatcher dispatches it later, and
 * registrations open and close in between. So this keeps an interval for each set of recipients, for as long as the
 * pipe may hold arrivals of it. A lookup costs the same however many registrations have come and gone, so a dispatcher
 * that is behind does not fall further behind.
 *
 * <p>A loss in the pipe has a signal, but no time. So a worker may receive losses from before or after its time. It never
 * misses one of its own.
 */
final class RecipientHistory {
    private static final OpenRegistration.WithWorker[] NOBODY = {};

    /** Under the registry's lock. */
    private Interval newest = new Interval(System.nanoTime(), NOBODY);
    /** Used by the dispatcher alone; so is {@code current}. */
    private Interval oldest = newest;
    /** The interval of the last lookup, where the next lookup begins. */
    private Interval current = newest;

    /**
     * Makes these the recipients from now on. Called under the registry's lock.
     *
     * @return a task for the dispatcher, to run when all earlier arrivals are dispatched
     */
    Runnable set(Collection<OpenRegistration.WithWorker> workers) {
        Interval next = new Interval(System.nanoTime(), workers.toArray(NOBODY));
        newest.next = next;
        newest = next;
        return new Runnable() { // no lambda: it runs before main, and the first one takes milliseconds
            @Override
            public void run() {
                oldest = next;
            }
        };
    }

    /** The recipients of a signal that arrived at this time. Called by the dispatcher. */
    OpenRegistration.WithWorker[] at(long arrivedAt) {
        Interval interval = arrivedAt - current.from >= 0 ? current : oldest;
        for (Interval next = interval.next; next != null && arrivedAt - next.from >= 0; next = next.next) {
            interval = next;
        }
        current = interval;
        return interval.workers;
    }

    /** The first interval of which the pipe may still hold arrivals. Called by the dispatcher. Allocates nothing. */
    Interval oldest() {
        return oldest;
    }

    /** The time from one change of recipients to the next. */
    static final class Interval {
        private final long from;
        private final OpenRegistration.WithWorker[] workers;
        private volatile @Nullable Interval next;

        private Interval(long from, OpenRegistration.WithWorker[] workers) {
            this.from = from;
            this.workers = workers;
        }

        OpenRegistration.WithWorker[] workers() {
            return workers;
        }

        @Nullable Interval next() {
            return next;
        }
    }
}
