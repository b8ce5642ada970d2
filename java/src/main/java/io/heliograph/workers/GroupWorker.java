package io.heliograph.workers;

import io.heliograph.Signal;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A worker as its group knows it. */
abstract sealed class GroupWorker permits GroupThread, GroupProcess {
    private final GroupState group;
    private final String name;
    /** Both under the group's lock. */
    private boolean ended;

    private @Nullable Throwable failure;
    private @Nullable Signal failedBy;
    /** Set before it is admitted. */
    private @Nullable WorkerPool pool;

    GroupWorker(GroupState group, String name) {
        this.group = group;
        this.name = name;
    }

    /** Begins the work and returns; the calling thread's own errors are thrown. */
    abstract void begin() throws IOException;

    /** Does the work, or has it done, and returns at its end; for a pool, whose thread this is. */
    abstract void runToEnd();

    /** Asks it to end. */
    abstract void ask(StopReason reason);

    /** Ends it, if that is in anybody's power; whether its end is still to be waited for. */
    abstract boolean force();

    /** What a line of ours calls it. */
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

    /** Under the group's lock, as are the next two. */
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
