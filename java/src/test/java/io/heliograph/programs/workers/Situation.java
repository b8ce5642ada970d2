package io.heliograph.programs.workers;

import io.heliograph.SignalInterrupt;
import io.heliograph.programs.Talk;
import io.heliograph.workers.Interruption;
import io.heliograph.workers.WorkerGroup;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** What situations of groups share. */
class Situation {
    static final Duration LONG = Duration.ofHours(1);
    private static final long REPEAT_NANOS = 500_000_000;

    final WorkerGroup.Builder builder = WorkerGroup.builder();
    final AtomicInteger cleanedUp = new AtomicInteger();

    /** The argument is the {@link Interruption} of the group. */
    Situation(String interruption) {
        builder.interruption(Interruption.valueOf(interruption));
    }

    void sleep(CountDownLatch atWork) throws InterruptedException {
        try {
            atWork.countDown();
            Thread.sleep(LONG.toMillis());
        } finally {
            cleanedUp.incrementAndGet();
        }
    }

    static void join(WorkerGroup group) throws InterruptedException {
        try {
            group.join();
        } catch (SignalInterrupt e) {
            Talk.say("ended by " + e.getClass().getSimpleName() + " " + e.getSuppressed().length);
        }
    }

    /** Waits until a signal is no repeat of the one that ends the group: heliograph_is_another_request(). */
    static void awaitNoRepeat(WorkerGroup group) {
        long arrivedAt = group.signal().orElseThrow().arrivedAt();
        Talk.until(() -> System.nanoTime() - arrivedAt > REPEAT_NANOS);
    }

    static void keepOn() {
        while (true) {
            Thread.onSpinWait();
        }
    }

    static Stream<Thread> threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name));
    }
}
