package io.heliograph.agent.log;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tasks, each with a time on the clock of {@link System#nanoTime()}. Not thread-safe. */
public final class TimedTasks {
    private final List<Timed> tasks = new ArrayList<>();

    private record Timed(long time, Runnable task) {}

    public void add(long time, Runnable task) {
        tasks.add(new Timed(time, task));
    }

    /** Removes the first task that is due; null if there is none. */
    public @Nullable Runnable takeDue(long now) {
        int first = first();
        return first < 0 || tasks.get(first).time - now > 0 ? null : tasks.remove(first).task;
    }

    /** Removes the first task, due or not; null if there is none. */
    public @Nullable Runnable takeAny() {
        int first = first();
        return first < 0 ? null : tasks.remove(first).task;
    }

    /** Nanoseconds until the first task, at least 1; 0 if there is none. */
    public long nanosToFirst(long now) {
        int first = first();
        return first < 0 ? 0 : Math.max(1, tasks.get(first).time - now);
    }

    /** The index of the first task, or -1. A search is enough for a few tasks. */
    private int first() {
        int first = -1;
        for (int i = 0; i < tasks.size(); i++) {
            if (first < 0 || tasks.get(i).time - tasks.get(first).time < 0) {
                first = i;
            }
        }
        return first;
    }
}
