package io.heliograph.workers;

import org.jspecify.annotations.Nullable;

/**
 * A worker has failed: its body threw the {@linkplain #getCause() cause}, or its process ended with a status other than 0
 * or by a signal that the group did not send, and that did not come to this process too: {@link WorkerGroup#join()}. Where
 * several have failed, the others are {@linkplain #getSuppressed() suppressed} in the first.
 */
public final class WorkerFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String worker;

    WorkerFailure(String worker, String what, @Nullable Throwable cause) {
        super(worker + ": " + what, cause);
        this.worker = worker;
    }

    /** The name of the worker. */
    public String worker() {
        return worker;
    }
}
