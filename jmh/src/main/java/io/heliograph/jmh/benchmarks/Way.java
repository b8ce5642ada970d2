package io.heliograph.jmh.benchmarks;

import io.heliograph.Delivery;
import io.heliograph.Ledger;
import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.Signals;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * One of the ways from a raised signal to a worker that the benchmarks compare. All raise by the same native call, in the
 * thread that calls {@link #raise}.
 */
abstract class Way implements AutoCloseable {
    /** Where a JVM is left alone: it catches nothing else, and HotSpot does not use it. */
    static final Signal SIGNAL = Signal.USR1;

    /** Kept, so that no compiler finds that an event need not be made. */
    static volatile @Nullable SignalEvent latest;

    /**
     * The way of that name, ready to be used: {@code nothing}, {@code sun.misc}, or {@code inline}, {@code own-thread} or
     * {@code executor} with {@code -blocking} or {@code -spinning}.
     *
     * @param worker what is to run
     */
    static Way open(String contender, Runnable worker) {
        return open(contender, SIGNAL, worker);
    }

    static Way open(String contender, Signal signal, Runnable... workers) {
        return switch (contender) {
            case "nothing" -> new Nothing(workers);
            case "sun.misc" -> new OfTheJdk(workers);
            default -> {
                setWait(contender);
                yield new Heliograph(contender, signal, workers);
            }
        };
    }

    /** To be called before the library is used for the first time. */
    static void setWait(String contender) {
        String wait = contender.substring(contender.lastIndexOf('-') + 1);
        if (!wait.equals("blocking") && !wait.equals("spinning")) {
            throw new IllegalArgumentException(contender + " is no contender: its end is to be -blocking or -spinning");
        }
        System.setProperty("heliograph.wait", wait.equals("blocking") ? "block" : "spin");
    }

    abstract void raise();

    /**
     * Verifies what the way itself has counted.
     *
     * @throws IllegalStateException unless that is what was raised
     */
    void verify() {}

    /** Ends it and its threads, and verifies. */
    @Override
    public abstract void close();

    /** Calls the workers: what is left of a benchmark where no signal is raised. */
    private static final class Nothing extends Way {
        private final Runnable[] workers;

        Nothing(Runnable[] workers) {
            this.workers = workers;
        }

        @Override
        void raise() {
            for (Runnable worker : workers) {
                worker.run();
            }
        }

        @Override
        public void close() {}
    }

    /** The JDK's, which has one handler a signal. */
    private static final class OfTheJdk extends Way {
        private final SunMisc handler;

        OfTheJdk(Runnable[] workers) {
            handler = new SunMisc(
                    SIGNAL,
                    workers.length == 1
                            ? workers[0]
                            : () -> {
                                for (Runnable worker : workers) {
                                    worker.run();
                                }
                            });
        }

        @Override
        void raise() {
            Signals.raise(SIGNAL);
        }

        @Override
        public void close() {
            handler.close();
        }
    }

    private static final class Heliograph extends Way {
        private final Signal signal;
        private final Registration[] registrations;
        private final @Nullable ExecutorService executor;
        private final long arrivedBefore;
        private long raised;

        Heliograph(String contender, Signal signal, Runnable[] workers) {
            this.signal = signal;
            executor = contender.startsWith("executor") ? Executors.newSingleThreadExecutor(Heliograph::daemon) : null;
            Delivery delivery = delivery(contender, executor);
            registrations = new Registration[workers.length];
            for (int i = 0; i < workers.length; i++) {
                Runnable worker = workers[i];
                registrations[i] = Signals.on(
                        signal,
                        event -> {
                            latest = event;
                            worker.run();
                        },
                        delivery);
            }
            arrivedBefore = Signals.ledger().of(signal).arrived();
        }

        /** So that the JVM can end while it lives. */
        private static Thread daemon(Runnable work) {
            Thread thread = new Thread(work, "benchmark-executor");
            thread.setDaemon(true);
            return thread;
        }

        private static Delivery delivery(String contender, @Nullable ExecutorService executor) {
            if (executor != null) {
                return Delivery.on(executor);
            }
            if (contender.startsWith("own-thread")) {
                return Delivery.ownThread();
            }
            if (contender.startsWith("inline")) {
                return Delivery.inline();
            }
            throw new IllegalArgumentException(contender + " is no contender");
        }

        @Override
        void raise() {
            raised++;
            Signals.raise(signal);
        }

        @Override
        public void close() {
            for (Registration registration : registrations) {
                registration.close();
            }
            if (executor != null) {
                executor.shutdown();
            }
            verify();
        }

        @Override
        void verify() {
            Ledger.Counts counts = Signals.ledger().of(signal);
            if (counts.arrived() - arrivedBefore != raised || counts.lost() != 0) {
                throw new IllegalStateException(raised + " raised, " + counts + " in the ledger");
            }
        }
    }
}
