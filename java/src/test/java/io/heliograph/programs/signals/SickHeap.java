package io.heliograph.programs.signals;

import io.heliograph.Ledger;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.Signals;
import io.heliograph.programs.Talk;
import io.heliograph.programs.Tally;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Catches signals while other threads use up the heap: {@code SickHeap storm}, in which they let go of what they take, or
 * {@code SickHeap exhausted}, in which they keep it until nothing is left, thirty times, and USR1 is raised meanwhile.
 */
public final class SickHeap {
    private static final int THREADS = 3;
    private static final int EXHAUSTIONS = 30;
    private static final int CHUNK = 64 * 1024;

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong exhausted = new AtomicLong();
    private final Tally tally = new Tally();

    private SickHeap() {}

    public static void main(String[] args) throws InterruptedException {
        new SickHeap().run(args[0].equals("storm"));
    }

    private void run(boolean storm) throws InterruptedException {
        Signals.on(Signal.TERM, event -> Talk.say("worker got " + event.signal()));
        Signals.on(Signal.USR1, tally);
        rehearse();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(new Thread(storm ? this::churn : this::exhaust));
        }
        threads.add(new Thread(storm ? () -> {} : this::raise));
        threads.forEach(Thread::start);
        if (storm) {
            Talk.until(() -> collections() > 20);
            Talk.say("ready");
            Talk.hear("calm");
            over.set(true);
        }
        for (Thread thread : threads) {
            thread.join(); // which needs no memory
        }
        Talk.until(() -> isAccounted(Signals.ledger().of(Signal.USR1)));
        Ledger.Counts counts = Signals.ledger().of(Signal.USR1);
        Talk.say("sum arrived=" + counts.arrived() + " dispatched=" + counts.dispatched() + " lost=" + counts.lost()
                + " events=" + tally.events() + " told=" + tally.told() + " collections=" + collections()
                + " exhausted=" + exhausted);
        Talk.hear("end");
    }

    /** What the worker itself needs is there: that it needs memory the first time would be its own failure. */
    private void rehearse() {
        new Tally().onSignal(new SignalEvent.Lost(Signal.USR1, 0, 1, 1));
        Signals.raise(Signal.USR1);
        Talk.until(() -> tally.events() == 1);
    }

    private boolean isAccounted(Ledger.Counts counts) {
        return counts.arrived() == counts.dispatched() + counts.lost() && tally.accounted() == counts.arrived();
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    private void churn() {
        byte[][] some = new byte[64][];
        for (int i = 0; !over.get(); i++) {
            some[i % some.length] = new byte[CHUNK];
        }
    }

    private void exhaust() {
        while (!over.get()) {
            try {
                List<byte[]> all = new ArrayList<>();
                while (!over.get()) {
                    all.add(new byte[512]);
                }
            } catch (OutOfMemoryError e) {
                over.set(exhausted.incrementAndGet() >= EXHAUSTIONS);
            }
        }
    }

    private void raise() {
        while (!over.get()) {
            Signals.raise(Signal.USR1);
        }
    }
}
