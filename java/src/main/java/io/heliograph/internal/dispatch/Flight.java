package io.heliograph.internal.dispatch;

import io.heliograph.SignalEvent;
import io.heliograph.SignalWorker;
import io.heliograph.internal.proc.Modules;
import io.heliograph.internal.text.Uncaught;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * The way to the JDK's Flight Recorder, which an image may lack: without the module jdk.jfr nothing of it is ever called,
 * and {@link FlightEvent} never loaded.
 *
 * <p>Nor is it before the recorder has been made, which the first recording does: to make an event known makes half of the
 * recorder, and takes longer than all else that the agent does before main.
 */
final class Flight {
    private static final boolean HAS_RECORDER = Modules.has("jdk.jfr");

    /** Told once: a class whose first use found no memory cannot be used ever after (JLS 12.4.2). */
    private static volatile boolean isBroken;

    private Flight() {}

    /**
     * As {@link EventDecoder} does with its classes, and for the same reason: where there is a recorder, first used before
     * any signal comes.
     */
    static void prepare() {
        isRecording();
    }

    private static boolean isRecording() {
        return HAS_RECORDER && FlightRecorder.isInitialized() && FlightEvent.isRecording();
    }

    /** Begins the event of one call of a worker; null where no recording wants it. */
    static @Nullable Object begin(SignalWorker worker, SignalEvent event) {
        if (isBroken) {
            return null;
        }
        try {
            return isRecording() ? FlightEvent.begin(worker, event) : null;
        } catch (Throwable failure) {
            isBroken |= failure instanceof LinkageError;
            Uncaught.report(failure); // no memory, most likely: the worker gets its signal all the same
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
            Uncaught.report(failure);
        }
    }
}
