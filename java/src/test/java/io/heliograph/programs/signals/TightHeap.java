package io.heliograph.programs.signals;

import io.heliograph.Delivery;
import io.heliograph.Ledger;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.Signals;
import io.heliograph.programs.Talk;
import io.heliograph.programs.Tally;
import java.util.concurrent.CountDownLatch;

/**
 * Catches USR1 with a worker that is held up in its first event, while its mailbox has to grow in a heap that still has
 * room for events, and for nothing larger. Then there is room again, and the worker goes on.
 */
public final class TightHeap {
    /** Just below 4096, where the mailbox is to grow by 32 KiB or more. */
    private static final int BEFORE = 4000;

    private static final int STEPS = 5;
    private static final int RAISED_IN_A_STEP = 100;
    /** A hundred events of 40 bytes. */
    private static final int CHUNK = 4 * 1024;

    private final byte[][] heap = new byte[(int) (Runtime.getRuntime().maxMemory() / CHUNK)][];
    private final CountDownLatch roomAgain = new CountDownLatch(1);
    private final Tally tally = new Tally();
    /** The dispatcher has handed to the one what it has just handed to the other. */
    private final Tally dispatched = new Tally();

    private long raised;

    private TightHeap() {}

    public static void main(String[] args) {
        new TightHeap().run();
    }

    private void run() {
        // Classes that are first used now need no memory for that later.
        new Tally().onSignal(new SignalEvent.Lost(Signal.USR1, 0, 0, 0));
        Signals.on(Signal.USR1, event -> {
            roomAgain.await();
            tally.onSignal(event);
        });
        Signals.on(Signal.USR1, dispatched, Delivery.inline());
        raise(BEFORE);
        int chunks = fill();
        for (int step = 0; step < STEPS; step++) {
            heap[--chunks] = null;
            raise(RAISED_IN_A_STEP);
        }
        while (chunks > 0) {
            heap[--chunks] = null;
        }
        roomAgain.countDown();
        Talk.until(() -> tally.accounted() == raised);
        Ledger.Counts counts = Signals.ledger().of(Signal.USR1);
        Talk.say("sum arrived=" + counts.arrived() + " dispatched=" + counts.dispatched() + " lost=" + counts.lost()
                + " events=" + tally.events() + " told=" + tally.told() + " disorder=" + tally.disorder());
        Talk.hear("end");
    }

    /** One after the other, so that the pipe does not overflow. Needs no memory. */
    private void raise(int count) {
        for (int i = 0; i < count; i++) {
            Signals.raise(Signal.USR1);
            raised++;
            while (dispatched.accounted() < raised) {
                Thread.onSpinWait();
            }
        }
    }

    private int fill() {
        int chunks = 0;
        try {
            for (; ; chunks++) {
                heap[chunks] = new byte[CHUNK];
            }
        } catch (OutOfMemoryError full) {
            return chunks;
        }
    }
}
