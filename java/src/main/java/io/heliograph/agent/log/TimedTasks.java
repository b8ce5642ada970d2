package io.heliograph.agent.log;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tasks, each with a time on the clock of {@link System#nanoTime()}. For one thread at a time. */
public final class TimedTasks {
    private final List<Timed> tasks = new ArrayList<>();

    private record Timed(long time, Runnable task) {}

    public void add(long time, Runnable task) {
        tasks.add(new Timed(time, task));
    }

    /** Takes the first one out whose time has come; null where there is none. */
    public @Nullable Runnable takeDue(long now) {
        int first = first();
        return first < 0 || tasks.get(first).time - now > 0 ? null : tasks.remove(first).task;
    }

    /** Takes the first one out, whatever its time; null where there is none. */
    public @Nullable Runnable takeAny() {
        int first = first();
        return first < 0 ? null : tasks.remove(first).task;
    }

    /** How long to wait for the first one: at least 1, or 0 where there is none. */
    public long nanosToFirst(long now) {
        int first = first();
        return first < 0 ? 0 : Math.max(1, tasks.get(first).time - now);
    }

    /** Where the first one stands; -1 where there is none. They are few. */
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
