package io.heliograph.workers;

import io.heliograph.Signal;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A worker as its group knows it. */
abstract sealed class Member permits ThreadMember, ProcessMember {
    private final Course course;
    private final String name;
    /** Both under the course's lock. */
    private boolean ended;

    private @Nullable Throwable failure;
    private @Nullable Signal failedBy;
    /** Set before it is admitted. */
    private @Nullable WorkerPool pool;

    Member(Course course, String name) {
        this.course = course;
        this.name = name;
    }

    /** Begins the work and returns; the calling thread's own errors are thrown. */
    abstract void begin() throws IOException;

    /** Does the work, or has it done, and returns at its end; for a pool, whose thread this is. */
    abstract void runToEnd();

    /** Asks it to end. */
    abstract void ask(Reason reason);

    /** Ends it, if that is in anybody's power; whether its end is still to be waited for. */
    abstract boolean force();

    /** What a line of ours calls it. */
    abstract String description();

    final Course course() {
        return course;
    }

    public final String name() {
        return name;
    }

    public final boolean isAlive() {
        synchronized (course) {
            return !ended;
        }
    }

    public final Optional<Throwable> failure() {
        synchronized (course) {
            return course.hasCome(failedBy) ? Optional.empty() : Optional.ofNullable(failure);
        }
    }

    final void setPool(WorkerPool its) {
        pool = its;
    }

    final @Nullable WorkerPool pool() {
        return pool;
    }

    private void requireOther() {
        if (ThreadMember.current() == this) {
            throw new IllegalStateException(name + " can't join itself: it would wait for ever");
        }
    }

    public final void join() throws InterruptedException {
        requireOther();
        course.join(this::hasEnded, Deadline.NEVER, false);
    }

    public final boolean join(Duration time) throws InterruptedException {
        requireOther();
        return course.join(this::hasEnded, Deadline.in(time), false);
    }

    /** Under the course's lock, as are the next two. */
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
