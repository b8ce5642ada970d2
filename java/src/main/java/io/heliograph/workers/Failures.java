package io.heliograph.workers;

import io.heliograph.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The failures of a group's workers that no method has thrown yet. Used under the group's lock. */
final class Failures {
    private final List<Failed> unthrown = new ArrayList<>();

    private record Failed(WorkerFailure failure, @Nullable Signal by) {}

    /**
     * Adds a failure.
     *
     * @param by the signal of the group that the worker died from; no failure if that signal has come to this process too
     */
    void add(WorkerFailure failure, @Nullable Signal by) {
        unthrown.add(new Failed(failure, by));
    }

    /** A process that reads the terminal can die from its Ctrl-C before the signal reaches this process. */
    void dropExpected(Predicate<@Nullable Signal> hasCome) {
        unthrown.removeIf(failed -> hasCome.test(failed.by()));
    }

    boolean isEmpty() {
        return unthrown.isEmpty();
    }

    /** Takes all: the exception with the failures suppressed in it; without an exception the first failure takes its place. */
    @Nullable RuntimeException takeInto(@Nullable RuntimeException exception) {
        RuntimeException thrown = exception;
        for (Failed failed : unthrown) {
            if (thrown == null) {
                thrown = failed.failure();
            } else {
                thrown.addSuppressed(failed.failure());
            }
        }
        unthrown.clear();
        return thrown;
    }
}
