package io.heliograph.jmh.soak;

import io.heliograph.Delivery;
import io.heliograph.Ledger;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.Signals;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;

/**
 * Four threads, each of which raises a signal of its own. The handler has run when raise() returns, so none coalesces. A
 * thread waits until its batch is handled: four batches fit into the pipe.
 */
final class Raisers {
    static final List<Signal> SIGNALS = List.of(Signal.USR1, Signal.URG, Signal.IO, Signal.VTALRM);

    private static final int BATCH = 250;
    private static final int SPINS = 1_000;

    private final Lock mayWork;
    private final List<Raiser> raisers = SIGNALS.stream().map(Raiser::new).toList();

    /** @param mayWork held by each thread for a batch at a time */
    Raisers(Lock mayWork) {
        this.mayWork = mayWork;
    }

    void start() {
        for (Raiser raiser : raisers) {
            Signals.on(raiser.signal, raiser::note, Delivery.inline());
        }
        raisers.forEach(Thread::start);
    }

    /** While the threads may not work. */
    long raised() {
        return raisers.stream().mapToLong(raiser -> raiser.raised).sum();
    }

    static long arrived(Ledger ledger) {
        return SIGNALS.stream().mapToLong(signal -> ledger.of(signal).arrived()).sum();
    }

    private final class Raiser extends Thread {
        private final Signal signal;
        private final AtomicLong handled = new AtomicLong();
        private long raised;

        Raiser(Signal signal) {
            super("soak-raises-" + signal.name());
            this.signal = signal;
            setDaemon(true);
        }

        void note(SignalEvent event) {
            handled.addAndGet(event instanceof SignalEvent.Lost lost ? lost.count() : 1);
        }

        @Override
        public void run() {
            while (true) {
                mayWork.lock();
                try {
                    for (int i = 0; i < BATCH; i++) {
                        Signals.raise(signal);
                    }
                    raised += BATCH;
                    awaitHandled();
                } finally {
                    mayWork.unlock();
                }
            }
        }

        private void awaitHandled() {
            for (int turn = 0; handled.get() < raised; turn++) {
                if (turn < SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.parkNanos(50_000);
                }
            }
        }
    }
}
