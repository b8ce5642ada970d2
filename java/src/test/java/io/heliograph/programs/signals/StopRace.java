package io.heliograph.programs.signals;

import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.Signals;
import io.heliograph.programs.Talk;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Closes the one registration of USR1 while another thread raises USR1, in up to 200 rounds: {@code StopRace SEED}. Each
 * time the signal must either be dispatched or do what it did before, which is to end the process.
 */
public final class StopRace {
    private static final int ROUNDS = 200;
    /** So few that the signal often comes during the close itself. */
    private static final int MOST_SPINS = 100;

    /** Not a time that anything is expected to take. */
    private static final long MOST_SECONDS = 30;

    private StopRace() {}

    public static void main(String[] args) throws Exception {
        Random random = new Random(Long.parseLong(args[0]));
        for (int round = 1; round <= ROUNDS; round++) {
            CountDownLatch delivered = new CountDownLatch(1);
            Registration registration = Signals.on(Signal.USR1, event -> delivered.countDown());
            race(registration, random.nextInt(MOST_SPINS), random.nextInt(MOST_SPINS));
            // The process is still there, so the signal was caught.
            if (!delivered.await(MOST_SECONDS, TimeUnit.SECONDS)) {
                Talk.say("lost in round " + round);
                return;
            }
            Talk.say("delivered " + round);
        }
    }

    /** Two threads that spin, since one that has to be woken would come too late for the other each time. */
    private static void race(Registration registration, int raiserSpins, int closerSpins) throws InterruptedException {
        AtomicInteger ready = new AtomicInteger();
        Thread raiser = new Thread(() -> {
            meet(ready);
            spin(raiserSpins);
            Signals.raise(Signal.USR1);
        });
        raiser.start();
        meet(ready);
        spin(closerSpins);
        registration.close();
        raiser.join();
    }

    private static void meet(AtomicInteger ready) {
        ready.incrementAndGet();
        while (ready.get() < 2) {
            Thread.onSpinWait();
        }
    }

    private static void spin(int times) {
        for (int i = 0; i < times; i++) {
            Thread.onSpinWait();
        }
    }
}
