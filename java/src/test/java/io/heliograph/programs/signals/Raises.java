package io.heliograph.programs.signals;

import io.heliograph.Delivery;
import io.heliograph.Ledger;
import io.heliograph.Signal;
import io.heliograph.SignalWorker;
import io.heliograph.Signals;
import io.heliograph.programs.Talk;
import io.heliograph.programs.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Raises signals from four threads, and tells what became of them: {@code Raises HOW COUNT}.
 *
 * <p>HOW is the delivery, {@code inline} or {@code own}, and how the workers behave: {@code -keeps-up}, for which those
 * who raise wait for them, or {@code -stuck}, at the first event, until all signals have been raised.
 */
public final class Raises {
    private static final List<Signal> SIGNALS =
            List.of(Signal.USR1, Signal.WINCH, Signal.URG, Signal.realTime(1), Signal.realTime(2));
    private static final int THREADS = 4;
    /** Fewer than fit into the smallest pipe that the kernel gives to a user who has too many: pipe(7). */
    private static final int WINDOW = 100;

    private final Map<Signal, Tally> tallies = new TreeMap<>();
    private final Tally all = new Tally();
    private final AtomicLong started = new AtomicLong();
    private final AtomicLongArray raised = new AtomicLongArray(SIGNALS.size());
    private final CountDownLatch everythingRaised = new CountDownLatch(1);
    private final boolean inline;
    private final boolean stuck;
    private final int count;
    private boolean settles = true;

    private Raises(String how, int count) {
        this.inline = how.startsWith("inline");
        this.stuck = how.endsWith("stuck");
        this.count = count;
    }

    public static void main(String[] args) throws InterruptedException {
        Raises raises = new Raises(args[0], Integer.parseInt(args[1]));
        raises.register();
        raises.raiseAll();
        raises.settle();
        raises.raiseTail();
        raises.tell();
    }

    private void register() {
        for (Signal signal : SIGNALS) {
            Tally tally = new Tally();
            tallies.put(signal, tally);
            Signals.on(signal, worker(tally), inline ? Delivery.inline() : Delivery.ownThread());
        }
    }

    private SignalWorker worker(Tally tally) {
        return event -> {
            if (stuck) {
                everythingRaised.await();
            }
            if (inline) {
                all.onSignal(event);
            }
            tally.onSignal(event);
        };
    }

    private void raiseAll() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int first = i;
            Thread thread = new Thread(() -> raise(first));
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        everythingRaised.countDown();
    }

    private void raise(int first) {
        for (int i = 0; i < count / THREADS; i++) {
            long mine = started.incrementAndGet();
            while (!stuck && mine - accounted() > WINDOW) {
                Thread.yield();
            }
            int which = (first + i) % SIGNALS.size();
            Signals.raise(SIGNALS.get(which));
            raised.incrementAndGet(which);
        }
    }

    private long accounted() {
        long sum = 0;
        for (Tally tally : tallies.values()) {
            sum += tally.accounted();
        }
        return sum;
    }

    /** A raise has been in its handler when it returns: what was raised has arrived, and is on its way. */
    private void settle() {
        settles = settles && Talk.until(() -> accounted() >= total() && isBalanced());
    }

    private long total() {
        long sum = 0;
        for (int i = 0; i < SIGNALS.size(); i++) {
            sum += raised.get(i);
        }
        return sum;
    }

    private static boolean isBalanced() {
        return Signals.ledger().counts().values().stream()
                .allMatch(counts -> counts.arrived() == counts.dispatched() + counts.lost());
    }

    /** One more of each, which comes when there is room again: behind the losses. */
    private void raiseTail() {
        for (int i = 0; i < SIGNALS.size(); i++) {
            Signals.raise(SIGNALS.get(i));
            raised.incrementAndGet(i);
            settle();
        }
    }

    private void tell() {
        Ledger ledger = Signals.ledger();
        for (int i = 0; i < SIGNALS.size(); i++) {
            Signal signal = SIGNALS.get(i);
            Ledger.Counts counts = ledger.of(signal);
            Tally tally = tallies.get(signal);
            Talk.say("signal " + signal + " raised=" + raised.get(i) + " arrived=" + counts.arrived() + " dispatched="
                    + counts.dispatched() + " lost=" + counts.lost() + " events=" + tally.events() + " told="
                    + tally.told() + " disorder=" + tally.disorder() + " tail=" + tally.lastKind());
        }
        Talk.say("all disorder=" + all.disorder());
        Talk.say("end");
    }
}
