package io.heliograph.internal.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs a task on the dispatcher's thread when all that arrived before the task is dispatched.
 *
 * <p>The dispatcher marks the end of the pipe, and runs the tasks when it has read up to the mark. So they run even
 * under a flood that never leaves the pipe empty. Later tasks wait for the next mark.
 */
final class DrainBarrier {
    private final Queue<Runnable> asked = new ConcurrentLinkedQueue<>();
    private final List<Runnable> marked = new ArrayList<>();
    private final Pipe pipe;
    private boolean isMarked;

    /** What the barrier needs of the pipe. */
    interface Pipe {
        /** Wakes a read that sleeps. */
        void wake();

        /** Marks the end of what has arrived. */
        void mark();

        boolean isPastMark();
    }

    DrainBarrier(Pipe pipe) {
        this.pipe = pipe;
    }

    /** Adds a task. Any thread may call it; it never blocks. */
    void ask(Runnable fence) {
        asked.add(fence);
        pipe.wake();
    }

    /**
     * Waits until all arrivals up to now are dispatched.
     *
     * @return false if the time was over before
     */
    boolean await(long nanos) throws InterruptedException {
        CountDownLatch dispatched = new CountDownLatch(1);
        ask(dispatched::countDown);
        return dispatched.await(nanos, TimeUnit.NANOSECONDS);
    }

    /** Called by the dispatcher before a read. */
    void mark() {
        if (!isMarked) {
            takeAsked();
            if (marked.isEmpty()) {
                return;
            }
            pipe.mark();
            isMarked = true;
        }
        pipe.wake(); // if nothing came before the mark, the read would sleep
    }

    /** A task is always in one of the two lists, even if there is no memory to go on. */
    private void takeAsked() {
        for (Runnable fence = asked.peek(); fence != null; fence = asked.peek()) {
            marked.add(fence);
            asked.remove();
        }
    }

    /** Called by the dispatcher when it has dispatched what it read. */
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
