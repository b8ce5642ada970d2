package io.heliograph.internal.dispatch;

import io.heliograph.SignalEvent;
import io.heliograph.SignalWorker;
import io.heliograph.internal.text.Uncaught;

/** Calls a worker and reports what it throws. */
final class WorkerCall {
    private WorkerCall() {}

    /** For an executor's thread, which keeps an interrupt. */
    static void run(SignalWorker worker, SignalEvent event) {
        try {
            call(worker, event);
        } catch (Throwable failure) {
            Uncaught.report(failure);
        }
    }

    private static void call(SignalWorker worker, SignalEvent event) throws Exception {
        Object flight = Flight.begin(worker, event);
        try {
            worker.onSignal(event);
        } finally {
            Flight.end(flight);
        }
    }

    /** For our own threads: an interrupt that the worker leaves must not reach the next call. */
    static void runOnOurThread(SignalWorker worker, SignalEvent event) {
        run(worker, event);
        Thread.interrupted();
    }
}
