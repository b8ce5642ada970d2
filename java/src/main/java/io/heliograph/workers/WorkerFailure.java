package io.heliograph.workers;

import org.jspecify.annotations.Nullable;

/**
 * A worker has failed: its body threw the {@linkplain #getCause() cause}, or its process failed as {@link
 * WorkerGroup#join()} says. Further failures are {@linkplain #getSuppressed() suppressed} in the first.
 */
public final class WorkerFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The name of the worker. */
    private final String worker;

    WorkerFailure(String worker, String what, @Nullable Throwable cause) {
        super(worker + ": " + what, cause);
        this.worker = worker;
    }

    /** {@return the name of the worker} */
    public String worker() {
        return worker;
    }
}
