package io.heliograph.programs.signals;

import io.heliograph.Delivery;
import io.heliograph.Ledger;
import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.Signals;
import io.heliograph.programs.ProcessState;
import io.heliograph.programs.Talk;
import io.heliograph.programs.Tally;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Registers, closes and registers again from three threads while two others raise, and the test sends:
 * {@code Fire SECONDS inline|mixed}.
 *
 * <p>What WINCH, URG, CHLD and CONT do by default harms nobody, so that those meet every change. USR1 and RTMIN+1 would
 * end the process where nobody has them: a registration holds them throughout, and must be given each arrival.
 */
public final class Fire {
    private static final List<Signal> HARMLESS = List.of(Signal.WINCH, Signal.URG, Signal.CHLD, Signal.CONT);
    private static final List<Signal> HELD = List.of(Signal.USR1, Signal.realTime(1));
    private static final int CHANGERS = 3;
    private static final int RAISERS = 2;
    private static final int MOST_OPEN = 4;

    private final ExecutorService executor = Executors.newFixedThreadPool(2);
    private final List<Delivery> deliveries;
    private final AtomicLong changes = new AtomicLong();
    private final AtomicLong raises = new AtomicLong();
    private final AtomicLong seen = new AtomicLong();

    private Fire(boolean mixed) {
        deliveries = mixed
                ? List.of(Delivery.inline(), Delivery.ownThread(), Delivery.on(executor))
                : List.of(Delivery.inline());
    }

    public static void main(String[] args) throws InterruptedException {
        new Fire(args[1].equals("mixed")).run(Long.parseLong(args[0]));
    }

    private void run(long seconds) throws InterruptedException {
        executor.execute(() -> {});
        executor.execute(() -> {});
        burn(() -> changes.get() > 300, () -> {}); // all that is made at the first use is there before the counting
        ProcessState.tell("before");
        int threads = ProcessState.threads();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        burn(() -> System.nanoTime() - end > 0, Fire::ceaseFire);
        Talk.until(() -> ProcessState.threads() == threads && unbalanced() == 0);
        ProcessState.tell("after");
        Talk.say("ledger unbalanced=" + unbalanced() + " changes=" + changes + " raises=" + raises + " seen=" + seen);
        executor.shutdown();
        Talk.say("end");
    }

    private static void ceaseFire() {
        Talk.say("cease");
        Talk.hear("ceased");
    }

    private void burn(BooleanSupplier over, Runnable ceaseFire) throws InterruptedException {
        Ledger before = Signals.ledger();
        List<Tally> tallies = new ArrayList<>();
        List<Registration> holding = new ArrayList<>();
        for (Signal signal : HELD) {
            Tally tally = new Tally();
            tallies.add(tally);
            holding.add(Signals.on(signal, tally, Delivery.inline()));
        }
        Talk.say("fire");
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CHANGERS + RAISERS; i++) {
            Random random = new Random(i);
            boolean isChanger = i < CHANGERS;
            threads.add(new Thread(isChanger ? () -> change(random, over) : () -> raise(random, over)));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        ceaseFire.run();
        for (int i = 0; i < HELD.size(); i++) {
            tellHeld(HELD.get(i), tallies.get(i), before);
        }
        holding.forEach(Registration::close);
    }

    private static void tellHeld(Signal signal, Tally tally, Ledger before) {
        long old = before.of(signal).arrived();
        Talk.until(() -> Signals.ledger().of(signal).arrived() - old == tally.accounted());
        Talk.say("held " + signal + " arrived=" + (Signals.ledger().of(signal).arrived() - old) + " events="
                + tally.events() + " told=" + tally.told() + " disorder=" + tally.disorder());
    }

    private void change(Random random, BooleanSupplier over) {
        Deque<Registration> open = new ArrayDeque<>();
        while (!over.getAsBoolean()) {
            if (open.size() == MOST_OPEN || (!open.isEmpty() && random.nextBoolean())) {
                Registration closing = random.nextBoolean() ? open.removeFirst() : open.removeLast();
                closing.close();
            } else {
                open.add(register(random));
            }
            changes.incrementAndGet();
        }
        open.forEach(Registration::close);
    }

    private Registration register(Random random) {
        Delivery delivery = deliveries.get(random.nextInt(deliveries.size()));
        boolean harmless = random.nextInt(3) > 0;
        List<Signal> signals = harmless ? HARMLESS : HELD;
        Signal signal = signals.get(random.nextInt(signals.size()));
        return switch (random.nextInt(harmless ? 4 : 2)) {
            case 0 -> Signals.on(signal, event -> seen.incrementAndGet(), delivery);
            case 1 -> Signals.observe(signal, event -> seen.incrementAndGet(), delivery);
            case 2 -> Signals.ignore(signal);
            default -> Signals.restoreDefault(signal);
        };
    }

    private void raise(Random random, BooleanSupplier over) {
        while (!over.getAsBoolean()) {
            List<Signal> signals = random.nextBoolean() ? HARMLESS : HELD;
            Signals.raise(signals.get(random.nextInt(signals.size())));
            raises.incrementAndGet();
        }
    }

    private static long unbalanced() {
        return Signals.ledger().counts().values().stream()
                .filter(counts -> counts.arrived() != counts.dispatched() + counts.lost())
                .count();
    }
}
