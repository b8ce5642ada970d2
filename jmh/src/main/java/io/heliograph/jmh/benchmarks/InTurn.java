package io.heliograph.jmh.benchmarks;

import io.heliograph.Signal;
import io.heliograph.jmh.outside.Latencies;
import io.heliograph.jmh.report.Results;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Raises for one contender after the other in one JVM, so that each finds the machine in the same state: from one process to
 * the next, the same raise of the same program can take one and a half times as long. Prints a measurement a line.
 *
 * <p>Of readers that sleep: two that poll would need a processor each, beside that of the raising thread.
 *
 * <pre>
 *   InTurn LIBRARY WARM_UP MEASURED
 * </pre>
 */
public final class InTurn {
    /** The row of the report. */
    public static final String QUESTION = "in-turn";

    /** What the time is measured to: the parameter of the rows, and its values. */
    public static final String UNTIL = "until";

    public static final String RETURN = "return";
    public static final String HANDLED = "handled";

    private static final String NOTHING = "nothing";
    private static final String BARE = "bare-handler";
    private static final String OURS = "inline-blocking";

    private InTurn() {}

    /** In the order in which they are printed. */
    public static List<String> contenders() {
        return List.of(NOTHING, BARE, OURS);
    }

    public static void main(String[] args) throws IOException {
        System.load(args[0]);
        int warmUp = Integer.parseInt(args[1]);
        int measured = Integer.parseInt(args[2]);
        int turns = warmUp + measured;
        BareHandler.open(Bare.SIGNAL);
        try (Way way = Way.open(OURS, Tally::noteHandled)) {
            Contender nothing = new Nothing(2 * turns);
            Contender bare = new Bare(turns);
            Contender ours = new Ours(turns, way);
            for (int i = 0; i < turns; i++) {
                // Each behind nothing, and before that behind either as often: a processor whose reader has just
                // read may not sleep yet.
                nothing.raiseAndWait();
                (i % 2 == 0 ? bare : ours).raiseAndWait();
                nothing.raiseAndWait();
                (i % 2 == 0 ? ours : bare).raiseAndWait();
            }
            nothing.print(2 * warmUp);
            bare.print(warmUp);
            ours.print(warmUp);
        }
    }

    private abstract static class Contender {
        private final String name;
        private final long[] toReturn;
        private final long[] toHandled;
        private int raised;

        Contender(String name, int turns) {
            this.name = name;
            toReturn = new long[turns];
            toHandled = new long[turns];
        }

        abstract void raise();

        abstract long handled();

        final void raiseAndWait() {
            int turn = raised++;
            long before = System.nanoTime();
            raise();
            long returned = System.nanoTime();
            awaitHandled(returned);
            long handled = System.nanoTime();
            toReturn[turn] = returned - before;
            toHandled[turn] = handled - before;
            InterruptedThread.pause();
        }

        private void awaitHandled(long since) {
            while (handled() != raised) {
                Thread.onSpinWait();
                if (System.nanoTime() - since > Tally.MOST_NANOS) {
                    throw new IllegalStateException(name + ": " + raised + " raised, " + handled() + " handled");
                }
            }
        }

        final void print(int warmUp) throws IOException {
            if (raised != toReturn.length || handled() != raised) {
                throw new IllegalStateException(name + ": " + toReturn.length + " to be raised, " + raised + " raised, "
                        + handled() + " handled");
            }
            String check = raised + " raised, " + handled() + " handled";
            print(toReturn, warmUp, RETURN, check);
            print(toHandled, warmUp, HANDLED, check);
        }

        private void print(long[] times, int warmUp, String until, String check) throws IOException {
            Latencies latencies = new Latencies();
            for (int i = warmUp; i < times.length; i++) {
                latencies.add(times[i]);
            }
            System.out.println(Results.line(latencies.measurement(QUESTION, name, Map.of(UNTIL, until), "ns", check)));
        }
    }

    private static final class Nothing extends Contender {
        private final AtomicLong handled = new AtomicLong();

        Nothing(int turns) {
            super(NOTHING, turns);
        }

        @Override
        void raise() {
            handled.incrementAndGet();
        }

        @Override
        long handled() {
            return handled.get();
        }
    }

    private static final class Bare extends Contender {
        static final int SIGNAL = Signal.USR2.number();

        Bare(int turns) {
            super(BARE, turns);
        }

        @Override
        void raise() {
            BareHandler.raise(SIGNAL);
        }

        @Override
        long handled() {
            return BareHandler.taken();
        }
    }

    private static final class Ours extends Contender {
        private final Way way;

        Ours(int turns, Way way) {
            super(OURS, turns);
            this.way = way;
        }

        @Override
        void raise() {
            way.raise();
        }

        @Override
        long handled() {
            return Tally.handled();
        }
    }
}
