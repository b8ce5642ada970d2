package io.heliograph.jmh.benchmarks;

import io.heliograph.Signal;
import io.heliograph.jmh.cell.ProgramCell;
import io.heliograph.jmh.cell.Workplace;
import io.heliograph.jmh.report.Results;
import io.heliograph.jmh.report.Row;
import io.heliograph.jmh.report.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The time from raise() until the raising thread, which spins, sees that the worker ran. All contenders are in this process,
 * because the pace of two processes differs by more than the bounds. They take turns of 100 signals; readers that spin would
 * disturb each other, so there C goes first and ends. Prints a measurement a line.
 *
 * <pre>
 *   Turns LIBRARY blocking|spinning WARM_UP_TURNS MEASURED_TURNS
 * </pre>
 */
public final class Turns {
    private static final String QUESTION = "raise-to-worker";
    private static final int SIGNALS_IN_TURN = 100;

    private record Turn(Row row, Consumer<long[]> raising, Runnable verification) {}

    private Turns() {}

    /** The contenders whose reader waits so: {@code blocking} or {@code spinning}. */
    public static ProgramCell cell(String wait) {
        return new ProgramCell(
                names(wait).stream().map(name -> Row.ns(QUESTION, name)).toList(),
                workplace -> Workplace.java(
                        List.of(),
                        Turns.class,
                        workplace.library("bare_handler"),
                        wait,
                        workplace.effort().pick(2, 100, 300),
                        workplace.effort().pick(5, 300, 1_000)));
    }

    private static List<String> names(String wait) {
        return wait.equals("spinning")
                ? List.of("c-spinning", "inline-spinning")
                : List.of("c-blocking", "sun.misc", "inline-blocking", "own-thread-blocking");
    }

    @SuppressWarnings("restricted") // System.load, on Java 24 and later
    public static void main(String[] args) throws IOException {
        System.load(args[0]);
        boolean isSpinning = args[1].equals("spinning");
        int warmUp = Integer.parseInt(args[2]);
        int measured = Integer.parseInt(args[3]);
        List<Turn> turns = new ArrayList<>();
        for (String name : names(args[1])) {
            turns.add(name.startsWith("c-") ? bare(name, isSpinning) : contender(name, turns.size()));
            if (isSpinning) {
                measure(turns, warmUp, measured);
                turns.clear();
            }
        }
        if (!isSpinning) {
            measure(turns, warmUp, measured);
        }
        System.exit(0);
    }

    private static Turn bare(String name, boolean isSpinning) {
        BareHandler.open(Signal.URG.number(), isSpinning);
        return new Turn(Row.ns(QUESTION, name), BareHandler::raise, isSpinning ? BareHandler::close : () -> {});
    }

    /** Each has a signal of its own, which HotSpot does not use. */
    private static Turn contender(String name, int place) {
        Signal signal =
                List.of(Signal.USR1, Signal.WINCH, Signal.VTALRM, Signal.IO).get(place);
        Contender contender = Contender.open(name, signal, Tally::noteHandled);
        Consumer<long[]> raising = nanos -> {
            for (int i = 0; i < nanos.length; i++) {
                long before = System.nanoTime();
                Tally.noteRaised();
                contender.raise();
                Tally.awaitHandled();
                nanos[i] = System.nanoTime() - before;
            }
        };
        return new Turn(Row.ns(QUESTION, name), raising, contender::verify);
    }

    private static void measure(List<Turn> turns, int warmUp, int measured) throws IOException {
        List<Samples> samples = turns.stream().map(turn -> new Samples()).toList();
        long[] nanos = new long[SIGNALS_IN_TURN];
        for (int i = -warmUp; i < measured; i++) {
            for (int n = 0; n < turns.size(); n++) {
                turns.get(n).raising.accept(nanos);
                for (int sample = 0; i >= 0 && sample < nanos.length; sample++) {
                    samples.get(n).add(nanos[sample]);
                }
            }
        }
        String check = (warmUp + measured) * SIGNALS_IN_TURN + " raised and handled";
        for (int n = 0; n < turns.size(); n++) {
            turns.get(n).verification.run();
            System.out.println(Results.line(samples.get(n).measurement(turns.get(n).row, check)));
        }
    }
}
