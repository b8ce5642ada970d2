package io.heliograph.programs;

import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.Signals;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

/**
 * Closes the one registration of USR1 while another thread raises USR1, in up to 200 rounds: {@code StopRace SEED}. Each
 * time the signal must either be dispatched or do what it did before, which is to end the process.
 */
public final class StopRace {
    private static final int ROUNDS = 200;
    /** Not a time that anything is expected to take. */
    private static final long MOST_SECONDS = 30;

    private StopRace() {}

    public static void main(String[] args) throws Exception {
        Random random = new Random(Long.parseLong(args[0]));
        int span = 1;
        for (int round = 1; round <= ROUNDS; round++) {
            CountDownLatch delivered = new CountDownLatch(1);
            Registration registration = Signals.on(Signal.USR1, event -> delivered.countDown());
            race(registration, random.nextInt(span), random.nextInt(2000));
            // The process is still there, so the signal was caught.
            if (!delivered.await(MOST_SECONDS, TimeUnit.SECONDS)) {
                Talk.say("lost in round " + round);
                return;
            }
            Talk.say("delivered " + round);
            span = Math.min(20_000, span * 2); // the first rounds give the raise a head start, the later ones less
        }
    }

    private static void race(Registration registration, int raiserSpins, int closerSpins) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        Thread raiser = new Thread(() -> {
            try {
                start.await();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            spin(raiserSpins);
            Signals.raise(Signal.USR1);
        });
        raiser.start();
        start.await();
        spin(closerSpins);
        registration.close();
        raiser.join();
    }

    private static void spin(int times) {
        for (int i = 0; i < times; i++) {
            Thread.onSpinWait();
        }
    }
}
