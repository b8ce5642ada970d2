package io.heliograph.internal.dispatch;

import io.heliograph.Signal;
import io.heliograph.internal.jni.NativeCall;
import io.heliograph.internal.jni.NativeShutdown;

/**
 * What a signal asks of the shutdown ({@code struct heliograph_shutdown_terms}). Times are in nanoseconds from the
 * arrival in the handler, and do not count while the process is stopped, frozen or suspended.
 *
 * @param withinNanos when native code ends the process; 0 for never
 * @param holdNanos when the shutdown begins at the latest; 0 for at once
 * @param bySignal whether the process dies by the signal, instead of exiting with 128 + its number
 * @param status the exit status of an end in order; below 0 for 128 + the signal's number
 * @param ignoresSecond whether a second request changes nothing
 * @param isLeftToApp whether the app's own way of ending is observed, instead of the JVM's exit being begun
 */
public record ShutdownTerms(
        long withinNanos, long holdNanos, boolean bySignal, int status, boolean ignoresSecond, boolean isLeftToApp) {
    void apply(Signal signal) {
        int result = NativeShutdown.on(
                signal.number(), withinNanos, holdNanos, bySignal, status, ignoresSecond, isLeftToApp);
        NativeCall.check(result, "shutdown(" + signal + ")");
    }
}
