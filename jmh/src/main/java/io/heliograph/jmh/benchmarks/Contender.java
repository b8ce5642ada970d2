package io.heliograph.jmh.benchmarks;

import io.heliograph.Delivery;
import io.heliograph.Ledger;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.Signals;
import org.jspecify.annotations.Nullable;

/**
 * A way from a raised signal to its worker. All raise by the same native call, in the thread that calls {@link #raise}.
 * None is closed, because profilers run after the last tear-down and would miss the bytes of an ended thread.
 */
abstract class Contender {
    /** Kept, so that the compiler cannot remove the event. */
    static volatile @Nullable SignalEvent latest;

    /**
     * The contender of that name, before the library is first used: {@code nothing}, {@code sun.misc}, or {@code inline} or
     * {@code own-thread} with {@code -blocking} or {@code -spinning}.
     */
    static Contender open(String name, Signal signal, Runnable worker) {
        return switch (name) {
            case "nothing" -> new Nothing(worker);
            case "sun.misc" -> new OfTheJdk(signal, worker);
            default -> new Heliograph(name, signal, worker);
        };
    }

    abstract void raise();

    /** @throws IllegalStateException if the contender's own count differs from the number of raised signals */
    void verify() {}

    /** Calls the worker, without a signal: the empty run. */
    private static final class Nothing extends Contender {
        private final Runnable worker;

        Nothing(Runnable worker) {
            this.worker = worker;
        }

        @Override
        void raise() {
            worker.run();
        }
    }

    private static final class OfTheJdk extends Contender {
        private final Signal signal;

        OfTheJdk(Signal signal, Runnable worker) {
            this.signal = signal;
            SunMisc.handle(signal.name(), worker);
        }

        @Override
        void raise() {
            Signals.raise(signal);
        }
    }

    private static final class Heliograph extends Contender {
        private final Signal signal;
        private long raised;

        Heliograph(String name, Signal signal, Runnable worker) {
            this.signal = signal;
            Delivery delivery = switch (name) {
                case "inline-blocking", "inline-spinning" -> Delivery.inline();
                case "own-thread-blocking", "own-thread-spinning" -> Delivery.ownThread();
                default -> throw new IllegalArgumentException("there is no contender " + name);
            };
            System.setProperty("heliograph.wait", name.endsWith("-spinning") ? "spin" : "block");
            Signals.on(
                    signal,
                    event -> {
                        latest = event;
                        worker.run();
                    },
                    delivery);
        }

        @Override
        void raise() {
            raised++;
            Signals.raise(signal);
        }

        @Override
        void verify() {
            Ledger.Counts counts = Signals.ledger().of(signal);
            if (counts.arrived() != raised || counts.lost() != 0) {
                throw new IllegalStateException(raised + " raised, " + counts + " in the ledger");
            }
        }
    }
}
