package io.heliograph.internal.dispatch;

import io.heliograph.SignalEvent;
import io.heliograph.SignalWorker;
import io.heliograph.internal.text.Uncaught;

/** Calls a worker such that its failure harms nobody else. */
final class WorkerCall {
    private WorkerCall() {}

    /** On a thread of an executor, to which an interrupt may mean something. */
    static void run(SignalWorker worker, SignalEvent event) {
        try {
            call(worker, event);
        } catch (Throwable failure) {
            Uncaught.report(failure);
        }
    }

    /** Calls it and no more: what it throws is for the caller. */
    private static void call(SignalWorker worker, SignalEvent event) throws Exception {
        Object flight = Flight.begin(worker, event);
        try {
            worker.onSignal(event);
        } finally {
            Flight.end(flight);
        }
    }

    /** On a thread of ours: an interrupt that the worker leaves behind must not reach the next call. */
    static void runOnOurThread(SignalWorker worker, SignalEvent event) {
        run(worker, event);
        Thread.interrupted();
    }
}
