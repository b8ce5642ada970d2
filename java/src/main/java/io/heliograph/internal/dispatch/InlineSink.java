package io.heliograph.internal.dispatch;

import io.heliograph.SignalEvent;
import io.heliograph.SignalWorker;

/** Runs the worker in the dispatcher's thread. */
final class InlineSink implements EventSink {
    private final SignalWorker worker;

    InlineSink(SignalWorker worker) {
        this.worker = worker;
    }

    @Override
    public boolean offer(SignalEvent event) {
        WorkerCall.runOnOurThread(worker, event);
        return true;
    }

    @Override
    public void lose(SignalEvent.Lost lost) {
        WorkerCall.runOnOurThread(worker, lost);
    }

    @Override
    public void end() {}

    @Override
    public void awaitHandled(long deadline) {
        // The caller has waited for the dispatcher, so offer() has returned.
    }
}
