package io.heliograph.workers;

import io.heliograph.Signal;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A worker, as its group sees it. */
abstract sealed class GroupWorker permits GroupThread, GroupProcess {
    private final GroupState group;
    private final String name;
    /** Under the group's lock, as the next two. */
    private boolean ended;

    private @Nullable Throwable failure;
    private @Nullable Signal failedBy;
    /** Set before the group admits it. */
    private @Nullable WorkerPool pool;

    GroupWorker(GroupState group, String name) {
        this.group = group;
        this.name = name;
    }

    /** Starts the work and returns. */
    abstract void begin() throws IOException;

    /** Does the work and returns at its end, on a pool's thread. */
    abstract void runToEnd();

    /** Asks the worker to end. */
    abstract void ask(StopReason reason);

    /** Ends the worker by force if that is possible. Returns whether the group still waits for its end. */
    abstract boolean force();

    /** Its kind, for messages. */
    abstract String description();

    final GroupState group() {
        return group;
    }

    public final String name() {
        return name;
    }

    public final boolean isAlive() {
        synchronized (group) {
            return !ended;
        }
    }

    public final Optional<Throwable> failure() {
        synchronized (group) {
            return group.hasCome(failedBy) ? Optional.empty() : Optional.ofNullable(failure);
        }
    }

    final void setPool(WorkerPool its) {
        pool = its;
    }

    final @Nullable WorkerPool pool() {
        return pool;
    }

    private void requireOther() {
        if (GroupThread.current() == this) {
            throw new IllegalStateException(name + " can't join itself: it would wait for ever");
        }
    }

    public final void join() throws InterruptedException {
        requireOther();
        GroupJoin.join(group, this::hasEnded, Deadline.NEVER, false);
    }

    public final boolean join(Duration time) throws InterruptedException {
        requireOther();
        return GroupJoin.join(group, this::hasEnded, Deadline.in(time), false);
    }

    /** Called under the group's lock, as the next two. */
    final boolean hasEnded() {
        return ended;
    }

    final void noteEnd() {
        ended = true;
    }

    final void noteFailure(WorkerFailure what, @Nullable Signal by) {
        Throwable cause = what.getCause();
        failure = cause != null ? cause : what;
        failedBy = by;
    }
}
