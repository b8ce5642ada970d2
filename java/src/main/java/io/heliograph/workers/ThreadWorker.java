package io.heliograph.workers;

import java.util.Optional;

/** A body at work on a platform or virtual thread. */
public sealed interface ThreadWorker extends Worker permits GroupThread {
    /** {@return the thread of the body; empty before the body begins and after it ends} */
    Optional<Thread> thread();

    /**
     * {@return the exception that ended the body: its {@linkplain #failure() failure}, or the one that asked it to end}
     * The latter may be an {@link InterruptedException} with either {@link Interruption}. Empty if the body returned,
     * or still runs.
     */
    Optional<Throwable> endedBy();
}
