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
final class Audience {
    private static final Claim.OfWorker[] NOBODY = {};

    /** Under the registry's lock. */
    private Stretch newest = new Stretch(System.nanoTime(), NOBODY);
    /** The dispatcher's, as the one behind it. */
    private Stretch oldest = newest;
    /** Of the last arrival that was looked for: the next is seldom far from it. */
    private Stretch current = newest;

    /**
     * From now on these are told. Under the registry's lock.
     *
     * @return to be run by the dispatcher, once all that arrived before has been dispatched
     */
    Runnable tell(Collection<Claim.OfWorker> workers) {
        Stretch next = new Stretch(System.nanoTime(), workers.toArray(NOBODY));
        newest.next = next;
        newest = next;
        return () -> oldest = next;
    }

    /** The dispatcher: those that are told of what arrived at this time. */
    Claim.OfWorker[] at(long arrivedAt) {
        Stretch stretch = arrivedAt - current.from >= 0 ? current : oldest;
        for (Stretch next = stretch.next; next != null && arrivedAt - next.from >= 0; next = next.next) {
            stretch = next;
        }
        current = stretch;
        return stretch.workers;
    }

    /** The dispatcher: when those began to be told of whom there may still be arrivals. Allocates nothing. */
    Stretch oldest() {
        return oldest;
    }

    /** The time from one change to the next. */
    static final class Stretch {
        private final long from;
        private final Claim.OfWorker[] workers;
        private volatile @Nullable Stretch next;

        private Stretch(long from, Claim.OfWorker[] workers) {
            this.from = from;
            this.workers = workers;
        }

        Claim.OfWorker[] workers() {
            return workers;
        }

        @Nullable Stretch next() {
            return next;
        }
    }
}
