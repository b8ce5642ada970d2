package io.heliograph.internal.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Tasks for the dispatcher's thread, each run once all that was in the pipe when it was asked for has been dispatched.
 *
 * <p>The dispatcher takes note of the fences before each read. A read that leaves the pipe empty has taken all that was in
 * it, so that those fences are passed. As long as there are noted ones, a wake-up in the pipe keeps the read from sleeping.
 */
final class Fences {
    private final Queue<Runnable> asked = new ConcurrentLinkedQueue<>();
    private final List<Runnable> noted = new ArrayList<>();
    private final Runnable wake;

    Fences(Runnable wake) {
        this.wake = wake;
    }

    /** Any thread; never blocks. */
    void ask(Runnable fence) {
        asked.add(fence);
        wake.run();
    }

    /** The dispatcher, before a read. */
    void note() {
        if (asked.isEmpty()) {
            return;
        }
        for (Runnable fence = asked.poll(); fence != null; fence = asked.poll()) {
            noted.add(fence);
        }
        wake.run(); // the one that ask() sent may have ended the read before
    }

    /** The dispatcher, after it dispatched what it read. */
    void pass(boolean drained) {
        if (drained) {
            noted.forEach(Runnable::run);
            noted.clear();
        } else {
            wake.run();
        }
    }

    /** The dispatcher: whether it noted any. */
    boolean anyNoted() {
        return !noted.isEmpty();
    }
}
