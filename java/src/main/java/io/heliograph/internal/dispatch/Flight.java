package io.heliograph.internal.dispatch;

import io.heliograph.SignalEvent;
import io.heliograph.SignalWorker;
import org.jspecify.annotations.Nullable;

/**
 * The way to the JDK's Flight Recorder, which an image may lack: this class names nothing of it, and without the module
 * jdk.jfr {@link FlightEvent} is never loaded.
 */
final class Flight {
    private static final boolean HAS_RECORDER =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private Flight() {}

    /** As {@link EventDecoder} does with its classes, and for the same reason: first used before any signal comes. */
    static void prepare() {
        isRecording();
    }

    private static boolean isRecording() {
        return HAS_RECORDER && FlightEvent.isRecording();
    }

    /** Begins the event of one call of a worker; null where no recording wants it. */
    static @Nullable Object begin(SignalWorker worker, SignalEvent event) {
        if (!isRecording()) {
            return null;
        }
        try {
            return FlightEvent.begin(worker, event);
        } catch (Throwable failure) {
            WorkerCall.report(failure); // no memory, most likely: the worker gets its signal all the same
            return null;
        }
    }

    /** The worker has returned. */
    static void end(@Nullable Object begun) {
        if (begun == null) {
            return;
        }
        try {
            ((FlightEvent) begun).commit();
        } catch (Throwable failure) {
            WorkerCall.report(failure);
        }
    }
}
