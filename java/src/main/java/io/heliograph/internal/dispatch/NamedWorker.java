package io.heliograph.internal.dispatch;

import io.heliograph.SignalWorker;

/** A worker that is told of by another name than its class's. */
public interface NamedWorker extends SignalWorker {
    /** What it does, in a few words. */
    String name();
}
