package io.heliograph.workers;

import java.util.Optional;

/** A body at work on a platform or virtual thread. */
public sealed interface ThreadWorker extends Worker permits GroupThread {
    /** The thread that its body runs on; empty before it has begun, and once it has ended. */
    Optional<Thread> thread();

    /**
     * The exception that its body has ended by: what it {@linkplain #failure() failed} with, or the one that asked it to
     * end, which may be an {@link InterruptedException} whatever the {@link Interruption}. Empty where it returned, or still
     * works.
     */
    Optional<Throwable> endedBy();
}
