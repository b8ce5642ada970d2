package io.heliograph.internal.dispatch;

import io.heliograph.SignalWorker;

/** A worker that {@code Signals.dispositions()} shows by a name of its own. */
public interface NamedWorker extends SignalWorker {
    /** The worker's job, in a few words. */
    String name();
}
