package io.heliograph.internal.dispatch;

import io.heliograph.SignalEvent;
import io.heliograph.SignalException;
import io.heliograph.internal.jni.Native;
import io.heliograph.internal.jni.NativeCall;
import io.heliograph.internal.jni.RecordBuffer;
import io.heliograph.internal.text.Uncaught;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The one thread that reads the pipe, decodes records and hands the events to the workers' sinks. */
final class Dispatcher implements Runnable {
    /** One read drains up to 64 KiB. */
    private static final int BATCH = 1024;

    /**
     * How long the default action of an observed signal waits for the workers. A worker that hangs must not delay the
     * end of the process for long.
     */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Registry registry;
    private final DrainBarrier barrier;
    private final Counters counters;
    private final RecordBuffer records = new RecordBuffer(BATCH);
    private final EventDecoder decoder = new EventDecoder();
    /** Inherits no thread locals and no class loader from the first registering thread, which it would keep alive. */
    private final Thread thread = new Thread(null, this, "heliograph-dispatcher", 0, false);

    private boolean lossesAreUndelivered;
    private volatile boolean stopping;

    Dispatcher(Registry registry, DrainBarrier barrier, Counters counters) {
        this.registry = registry;
        this.barrier = barrier;
        this.counters = counters;
        Flight.prepare();
        Uncaught.load();
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    }

    void start() {
        thread.start();
    }

    Thread thread() {
        return thread;
    }

    /** Ends the thread and waits for its end. Called when no worker is left that could block it. */
    void stop() {
        stopping = true;
        Native.wake();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true; // it ends in a moment, and the caller needs it to have ended
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The thread's body. */
    @Override
    public void run() {
        boolean goesOn = true;
        while (goesOn && !stopping) {
            try {
                goesOn = readAndDispatch();
            } catch (SignalException pipeIsBroken) {
                Uncaught.report(pipeIsBroken); // the app has closed our descriptor; another read would fail at once
                return;
            } catch (Throwable failure) {
                Uncaught.report(failure);
            }
        }
    }

    /** Returns false when the VM ends. */
    private boolean readAndDispatch() {
        if (lossesAreUndelivered) {
            deliverLosses();
            Native.wake(); // so that the read does not sleep on losses that the workers do not have yet
        }
        barrier.mark();
        int count = records.fill();
        if (count == 0) {
            Thread.onSpinWait();
        } else if (count == Native.VM_IS_DEAD) {
            return false;
        }
        NativeCall.check(count, "read(pipe)");
        for (int record = 0; record < count; record++) {
            dispatch(record);
        }
        barrier.pass();
        return true;
    }

    private void dispatch(int record) {
        SignalEvent event = decode(record);
        if (records.request(record) != 0) {
            Requests.note(records.sequence(record), records.request(record));
        }
        RecipientHistory history = registry.history(records.signal(record));
        if (records.isLost(record)) {
            deliverLoss(history, event, record);
        } else {
            dispatch(history.at(records.arrivedAt(record)), event, record);
        }
    }

    private void dispatch(OpenRegistration.WithWorker[] workers, @Nullable SignalEvent event, int record) {
        int signal = records.signal(record);
        if (event != null) {
            counters.noteLast(signal, event);
        }
        boolean everyoneHasIt = true;
        for (OpenRegistration.WithWorker worker : workers) {
            everyoneHasIt &= hand(worker, event, record);
        }
        counters.note(signal, everyoneHasIt);
        if (records.isDefaultDue(record)) {
            runDefaultAction(signal, workers);
        }
    }

    /** The time of the lost arrivals is unknown, so every worker that may miss one gets the loss. */
    private void deliverLoss(RecipientHistory history, @Nullable SignalEvent event, int record) {
        long sequence = records.sequence(record);
        for (RecipientHistory.Interval time = history.oldest(); time != null; time = time.next()) {
            for (OpenRegistration.WithWorker worker : time.workers()) {
                if (worker.isNewLoss(sequence)) {
                    hand(worker, event, record);
                }
            }
        }
    }

    /** Null if there is no memory for it. */
    private @Nullable SignalEvent decode(int record) {
        try {
            return decoder.decode(records, record);
        } catch (Throwable failure) {
            Uncaught.report(failure);
            return null;
        }
    }

    /** If it fails, this worker gets a count instead of the details. Other workers are not affected. */
    private boolean hand(OpenRegistration.WithWorker worker, @Nullable SignalEvent event, int record) {
        try {
            if (event != null) {
                worker.deliverLosses();
                return worker.hand(event);
            }
        } catch (Throwable failure) {
            Uncaught.report(failure);
        }
        worker.noteLoss(records.count(record), records.arrivedAt(record), records.sequence(record));
        lossesAreUndelivered = true;
        return false;
    }

    /** If there is no memory for it now, there may be some a millisecond later. */
    private void deliverLosses() {
        try {
            registry.deliverLosses();
            lossesAreUndelivered = false;
        } catch (Throwable failure) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private void runDefaultAction(int signal, OpenRegistration.WithWorker[] workers) {
        long deadline = System.nanoTime() + GRACE_NANOS;
        try {
            for (OpenRegistration.WithWorker worker : workers) {
                worker.sink().awaitHandled(deadline);
            }
        } catch (InterruptedException e) {
            Thread.interrupted(); // the app interrupted our thread; the default action is due all the same
        }
        Native.runDefaultAction(signal);
    }
}
