package io.heliograph.internal.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tasks for the dispatcher's thread, each run once all that had arrived when it was asked for has been dispatched.
 *
 * <p>The dispatcher marks the end of the pipe for those that have been asked for, and runs them when it has read as far as
 * that: also under a flood that never leaves the pipe empty. Those asked for meanwhile wait for the next mark.
 */
final class DrainBarrier {
    private final Queue<Runnable> asked = new ConcurrentLinkedQueue<>();
    private final List<Runnable> marked = new ArrayList<>();
    private final Pipe pipe;
    private boolean isMarked;

    /** What of the pipe they need. */
    interface Pipe {
        /** Ends a read that sleeps. */
        void wake();

        /** Marks the end of what has arrived. */
        void mark();

        boolean isPastMark();
    }

    DrainBarrier(Pipe pipe) {
        this.pipe = pipe;
    }

    /** Any thread; never blocks. */
    void ask(Runnable fence) {
        asked.add(fence);
        pipe.wake();
    }

    /**
     * Waits until all that had arrived has been dispatched.
     *
     * @return whether it was, in time
     */
    boolean await(long nanos) throws InterruptedException {
        CountDownLatch dispatched = new CountDownLatch(1);
        ask(dispatched::countDown);
        return dispatched.await(nanos, TimeUnit.NANOSECONDS);
    }

    /** The dispatcher, before a read. */
    void mark() {
        if (!isMarked) {
            takeAsked();
            if (marked.isEmpty()) {
                return;
            }
            pipe.mark();
            isMarked = true;
        }
        pipe.wake(); // with nothing before the mark, the read would sleep
    }

    /** A fence is in one of the two at every moment, also where there is no memory to go on with. */
    private void takeAsked() {
        for (Runnable fence = asked.peek(); fence != null; fence = asked.peek()) {
            marked.add(fence);
            asked.remove();
        }
    }

    /** The dispatcher, after it dispatched what it read. */
    void pass() {
        if (isMarked && pipe.isPastMark()) {
            for (Runnable fence : marked) {
                fence.run();
            }
            marked.clear();
            isMarked = false;
        }
    }
}
