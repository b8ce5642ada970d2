package io.heliograph.programs.agent;

import io.heliograph.Delivery;
import io.heliograph.Ledger;
import io.heliograph.Registration;
import io.heliograph.Signals;
import io.heliograph.programs.Talk;
import io.heliograph.programs.Tally;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Sets a handler by {@code sun.misc.Signal}, and restores the one before, without pause, while a thread raises the signal
 * and the test sends it: {@code HandlerFire observe|on}. The JVM starts a thread for each, so they are few.
 */
@SuppressWarnings("restriction") // it is what apps use
public final class HandlerFire {
    private static final int RAISES = 3000;
    private static final io.heliograph.Signal USR1 = io.heliograph.Signal.USR1;

    private HandlerFire() {}

    public static void main(String[] args) throws InterruptedException {
        AtomicLong handled = new AtomicLong();
        Signal signal = new Signal("USR1");
        Signal.handle(signal, now -> handled.incrementAndGet());
        Tally tally = new Tally();
        Registration registration = args[0].equals("on")
                ? Signals.on(USR1, tally, Delivery.inline())
                : Signals.observe(USR1, tally, Delivery.inline());
        Talk.say("fire");
        AtomicBoolean ceased = new AtomicBoolean();
        Thread raiser = new Thread(HandlerFire::raise);
        AtomicLong changes = new AtomicLong();
        Thread changer = new Thread(() -> {
            while (!ceased.get()) {
                SignalHandler before = Signal.handle(signal, now -> handled.incrementAndGet());
                Signal.handle(signal, before);
                changes.addAndGet(2);
            }
        });
        raiser.start();
        changer.start();
        raiser.join();
        Talk.hear("ceased");
        Talk.until(() -> tally.accounted() == arrived() && (args[0].equals("on") || handled.get() == arrived()));
        ceased.set(true);
        changer.join();
        Ledger.Counts counts = Signals.ledger().of(USR1);
        Talk.say("fire raised=" + RAISES + " changes=" + changes + " arrived=" + counts.arrived() + " dispatched="
                + counts.dispatched() + " lost=" + counts.lost() + " seen=" + tally.accounted() + " handled="
                + handled);
        registration.close();
    }

    private static long arrived() {
        return Signals.ledger().of(USR1).arrived();
    }

    private static void raise() {
        for (int i = 0; i < RAISES; i++) {
            Signals.raise(USR1);
        }
    }
}
