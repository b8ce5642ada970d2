package io.heliograph.internal.dispatch;

import io.heliograph.SignalEvent;
import io.heliograph.internal.seam.Native;
import io.heliograph.internal.seam.NativeCall;
import io.heliograph.internal.seam.RecordBuffer;
import java.util.concurrent.TimeUnit;

/** The one thread that reads the pipe, makes events of records and hands them to the workers' posts. */
final class Dispatcher {
    /** One read drains up to 64 KiB. */
    private static final int BATCH = 1024;

    /**
     * How long the default action of an observed signal waits for the workers. It ends or stops the process, so a worker
     * that hangs must not hold it up for long.
     */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Registry registry;
    private final Fences fences;
    private final Accounts accounts;
    private final RecordBuffer records = new RecordBuffer(BATCH);
    private final EventDecoder decoder = new EventDecoder();
    /** Without the thread locals and the class loader of whoever registers first, whom it would keep alive. */
    private final Thread thread = new Thread(null, this::run, "heliograph-dispatcher", 0, false);

    Dispatcher(Registry registry, Fences fences, Accounts accounts) {
        this.registry = registry;
        this.fences = fences;
        this.accounts = accounts;
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    }

    void start() {
        thread.start();
    }

    Thread thread() {
        return thread;
    }

    private void run() {
        for (; ; ) {
            try {
                readAndDispatch();
            } catch (Throwable failure) {
                WorkerCall.report(failure);
            }
        }
    }

    private void readAndDispatch() {
        fences.note();
        int count = records.fill();
        if (count == 0) {
            Thread.onSpinWait();
        }
        NativeCall.check(count, "read(pipe)");
        for (int record = 0; record < count; record++) {
            dispatchSafely(record);
        }
        if (fences.anyNoted()) {
            fences.pass(Native.isDrained());
        }
    }

    /** Whatever fails here (memory, most likely) costs this arrival's details, and neither its count nor the rest. */
    private void dispatchSafely(int record) {
        boolean everyoneHasIt = false;
        try {
            everyoneHasIt = dispatch(record);
        } catch (Throwable failure) {
            WorkerCall.report(failure);
        }
        if (!records.isLost(record)) {
            accounts.note(records.signal(record), everyoneHasIt);
        }
        if (records.isDefaultDue(record)) {
            meetDefault(records.signal(record));
        }
    }

    private boolean dispatch(int record) {
        SignalEvent event = decoder.decode(records, record);
        boolean everyoneHasIt = true;
        for (Claim.OfWorker worker : registry.toldOf(records.signal(record))) {
            if (event instanceof SignalEvent.Lost lost) {
                worker.post().lose(lost);
            } else if (worker.wants(event.arrivedAt())) {
                everyoneHasIt &= worker.post().offer(event);
            }
        }
        return everyoneHasIt;
    }

    private void meetDefault(int signal) {
        long deadline = System.nanoTime() + GRACE_NANOS;
        try {
            for (Claim.OfWorker worker : registry.toldOf(signal)) {
                worker.post().awaitHandled(deadline);
            }
        } catch (InterruptedException e) {
            Thread.interrupted(); // somebody interrupted our thread: the default action is due all the same
        }
        NativeCall.check(Native.meetDefault(signal), "meetDefault(" + signal + ")");
    }
}
