package io.heliograph.programs.signals;

import io.heliograph.Delivery;
import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.Signals;
import io.heliograph.programs.Talk;
import io.heliograph.programs.Tally;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Registers and closes, again and again, while other threads raise: {@code ClosingRace ROUNDS inline|own on|ignore}.
 *
 * <p>A first registration, open all the time, knows all arrivals. With {@code on}, a second one must get those that came
 * between its making and its closing, and none from before or after. With {@code ignore}, the second disposition makes
 * the first one pause, which must get each arrival that was taken all the same.
 */
public final class ClosingRace {
    private static final Signal SIGNAL = Signal.USR1;
    private static final int WINDOW = 100;

    private final Queue<SignalEvent> all = new ConcurrentLinkedQueue<>();
    private final Tally first = new Tally();
    private final AtomicLong raised = new AtomicLong();
    private final AtomicBoolean over = new AtomicBoolean();
    private final int rounds;
    private final Delivery delivery;
    private long inside;
    private long missing;
    private long strangers;

    private ClosingRace(int rounds, Delivery delivery) {
        this.rounds = rounds;
        this.delivery = delivery;
    }

    public static void main(String[] args) throws InterruptedException {
        Delivery delivery = args[1].equals("own") ? Delivery.ownThread() : Delivery.inline();
        new ClosingRace(Integer.parseInt(args[0]), delivery).run(args[2].equals("on"));
    }

    private void run(boolean on) throws InterruptedException {
        Signals.on(
                SIGNAL,
                event -> {
                    first.onSignal(event);
                    if (on) {
                        all.add(event);
                    }
                },
                Delivery.inline());
        List<Thread> raisers = List.of(new Thread(() -> raise(on)), new Thread(() -> raise(on)));
        raisers.forEach(Thread::start);
        for (int round = 0; round < rounds && missing == 0 && strangers == 0; round++) {
            if (on) {
                registerAndClose();
            } else {
                Signals.ignore(SIGNAL).close();
            }
        }
        over.set(true);
        for (Thread raiser : raisers) {
            raiser.join();
        }
        Talk.until(() -> arrived() == first.accounted());
        Talk.say("race arrived=" + arrived() + " accounted=" + first.accounted() + " raised=" + raised + " inside="
                + inside + " missing=" + missing + " strangers=" + strangers);
        Talk.say("end");
    }

    private static long arrived() {
        return Signals.ledger().of(SIGNAL).arrived();
    }

    /** Where each raise is seen, not so many that one is lost. Otherwise without pause. */
    private void raise(boolean seen) {
        while (!over.get()) {
            if (seen && raised.get() - first.accounted() >= WINDOW) {
                Thread.yield();
            } else {
                Signals.raise(SIGNAL);
                raised.incrementAndGet();
            }
        }
    }

    private void registerAndClose() {
        all.clear();
        Queue<SignalEvent> got = new ConcurrentLinkedQueue<>();
        long asked = System.nanoTime();
        Registration second = Signals.on(SIGNAL, got::add, delivery);
        long open = System.nanoTime();
        long until = first.accounted() + 20;
        Talk.until(() -> first.accounted() >= until);
        long closing = System.nanoTime();
        second.close();
        long closed = System.nanoTime();
        // An arrival after all those that matter, so that inline workers have been given those.
        long behind = raised.get() + 1;
        Talk.until(() -> first.accounted() > behind + 2);
        List<SignalEvent> owed = all.stream()
                .filter(event -> event.arrivedAt() - open > 0 && event.arrivedAt() - closing < 0)
                .toList();
        Talk.until(() -> owed.isEmpty() || got.contains(owed.get(owed.size() - 1)));
        inside += owed.size();
        missing += owed.stream().filter(event -> !got.contains(event)).count();
        strangers += got.stream()
                .filter(event -> event.arrivedAt() - asked < 0 || event.arrivedAt() - closed > 0)
                .count();
    }
}
