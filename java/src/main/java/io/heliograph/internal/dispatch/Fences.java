package io.heliograph.internal.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/**
 * Tasks for the dispatcher's thread, each run once all that had arrived when it was asked for has been dispatched.
 *
 * <p>The dispatcher marks the end of the pipe for those that have been asked for, and runs them when it has read as far as
 * that: also under a flood that never leaves the pipe empty. Those asked for meanwhile wait for the next mark.
 */
final class Fences {
    private final Queue<Runnable> asked = new ConcurrentLinkedQueue<>();
    private final List<Runnable> marked = new ArrayList<>();
    private final Runnable wake;
    private final Runnable mark;
    private final BooleanSupplier isPastMark;
    private boolean isMarked;

    Fences(Runnable wake, Runnable mark, BooleanSupplier isPastMark) {
        this.wake = wake;
        this.mark = mark;
        this.isPastMark = isPastMark;
    }

    /** Any thread; never blocks. */
    void ask(Runnable fence) {
        asked.add(fence);
        wake.run();
    }

    /** The dispatcher, before a read. */
    void mark() {
        if (!isMarked) {
            takeAsked();
            if (marked.isEmpty()) {
                return;
            }
            mark.run();
            isMarked = true;
        }
        wake.run(); // with nothing before the mark, the read would sleep
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
        if (isMarked && isPastMark.getAsBoolean()) {
            marked.forEach(Runnable::run);
            marked.clear();
            isMarked = false;
        }
    }
}
