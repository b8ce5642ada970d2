package io.heliograph.internal.dispatch;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of a signal's arrivals, and from when on.
 *
 * <p>Arrivals are dispatched later than they came, and registrations open and close meanwhile. So this keeps, for each
 * change, the moment and who is told since, as long as something from before it may still be in the pipe. To find whom an
 * arrival is for takes no longer however many have come and gone: where each were asked whether it had been open then,
 * a dispatcher that is behind would fall further behind the more of them there are.
 */
final class RecipientHistory {
    private static final OpenRegistration.WithWorker[] NOBODY = {};

    /** Under the registry's lock. */
    private Interval newest = new Interval(System.nanoTime(), NOBODY);
    /** The dispatcher's, as the one behind it. */
    private Interval oldest = newest;
    /** Of the last arrival that was looked for: the next is seldom far from it. */
    private Interval current = newest;

    /**
     * From now on these are told. Under the registry's lock.
     *
     * @return to be run by the dispatcher, once all that arrived before has been dispatched
     */
    Runnable tell(Collection<OpenRegistration.WithWorker> workers) {
        Interval next = new Interval(System.nanoTime(), workers.toArray(NOBODY));
        newest.next = next;
        newest = next;
        return () -> oldest = next;
    }

    /** The dispatcher: those that are told of what arrived at this time. */
    OpenRegistration.WithWorker[] at(long arrivedAt) {
        Interval interval = arrivedAt - current.from >= 0 ? current : oldest;
        for (Interval next = interval.next; next != null && arrivedAt - next.from >= 0; next = next.next) {
            interval = next;
        }
        current = interval;
        return interval.workers;
    }

    /** The dispatcher: when those began to be told of whom there may still be arrivals. Allocates nothing. */
    Interval oldest() {
        return oldest;
    }

    /** The time from one change to the next. */
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
