package io.heliograph.jmh.benchmarks;

import io.heliograph.Delivery;
import io.heliograph.Ledger;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.Signals;
import org.jspecify.annotations.Nullable;

/**
 * A way from a raised signal to its workers. All raise by the same native call, in the thread that calls {@link #raise}.
 * None is closed, because profilers run after the last tear-down and would miss the bytes of an ended thread.
 */
abstract class Contender {
    /** HotSpot does not use it. */
    private static final Signal SIGNAL = Signal.USR1;

    /** Kept, so that the compiler cannot remove the event. */
    static volatile @Nullable SignalEvent latest;

    /**
     * The contender of that name, before the library is first used: {@code nothing}, {@code sun.misc}, or {@code inline} or
     * {@code own-thread} with {@code -blocking} or {@code -spinning}.
     */
    static Contender open(String name, Runnable... workers) {
        return switch (name) {
            case "nothing" -> new Nothing(workers);
            case "sun.misc" -> new OfTheJdk(workers);
            default -> new Heliograph(name, workers);
        };
    }

    abstract void raise();

    /** @throws IllegalStateException if the contender's own count differs from the number of raised signals */
    void verify() {}

    private static void runAll(Runnable[] workers) {
        for (Runnable worker : workers) {
            worker.run();
        }
    }

    /** Calls the workers, without a signal: the empty run. */
    private static final class Nothing extends Contender {
        private final Runnable[] workers;

        Nothing(Runnable[] workers) {
            this.workers = workers;
        }

        @Override
        void raise() {
            runAll(workers);
        }
    }

    private static final class OfTheJdk extends Contender {
        OfTheJdk(Runnable[] workers) {
            SunMisc.handle(SIGNAL.name(), workers.length == 1 ? workers[0] : () -> runAll(workers));
        }

        @Override
        void raise() {
            Signals.raise(SIGNAL);
        }
    }

    private static final class Heliograph extends Contender {
        private long raised;

        Heliograph(String name, Runnable[] workers) {
            Delivery delivery = switch (name) {
                case "inline-blocking", "inline-spinning" -> Delivery.inline();
                case "own-thread-blocking", "own-thread-spinning" -> Delivery.ownThread();
                default -> throw new IllegalArgumentException("there is no contender " + name);
            };
            System.setProperty("heliograph.wait", name.endsWith("-spinning") ? "spin" : "block");
            for (Runnable worker : workers) {
                Signals.on(
                        SIGNAL,
                        event -> {
                            latest = event;
                            worker.run();
                        },
                        delivery);
            }
        }

        @Override
        void raise() {
            raised++;
            Signals.raise(SIGNAL);
        }

        @Override
        void verify() {
            Ledger.Counts counts = Signals.ledger().of(SIGNAL);
            if (counts.arrived() != raised || counts.lost() != 0) {
                throw new IllegalStateException(raised + " raised, " + counts + " in the ledger");
            }
        }
    }
}
