package io.heliograph.internal.dispatch;

import io.heliograph.SignalEvent;
import io.heliograph.SignalWorker;
import io.heliograph.internal.proc.Modules;
import io.heliograph.internal.text.Uncaught;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * The way to the JDK's Flight Recorder. An image may lack the module jdk.jfr; then {@link FlightEvent} is never loaded.
 *
 * <p>Registering an event makes half of the recorder, some 200 ms. So this waits until the first recording has made it.
 */
final class Flight {
    private static final boolean HAS_RECORDER = Modules.has("jdk.jfr");

    /** A class whose initialisation found no memory is unusable for ever (JLS 12.4.2). Reported once. */
    private static volatile boolean isBroken;

    private Flight() {}

    /** Initialises the classes before a signal arrives, as {@link EventDecoder} does, if there is a recorder. */
    static void prepare() {
        isRecording();
    }

    private static boolean isRecording() {
        return HAS_RECORDER && FlightRecorder.isInitialized() && FlightEvent.isRecording();
    }

    /** Begins the event of one call of a worker. Returns null if no recording wants it. */
    static @Nullable Object begin(SignalWorker worker, SignalEvent event) {
        if (isBroken) {
            return null;
        }
        try {
            return isRecording() ? FlightEvent.begin(worker, event) : null;
        } catch (Throwable failure) {
            isBroken |= failure instanceof LinkageError;
            Uncaught.report(failure); // most likely no memory; the worker gets its signal all the same
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
