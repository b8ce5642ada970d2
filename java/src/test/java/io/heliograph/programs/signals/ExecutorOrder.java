package io.heliograph.programs.signals;

import io.heliograph.Delivery;
import io.heliograph.Signal;
import io.heliograph.Signals;
import io.heliograph.programs.Talk;
import io.heliograph.programs.Tally;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Has an executor of four threads, which other tasks use too, run a worker 20,000 times. */
public final class ExecutorOrder {
    private static final int EVENTS = 20_000;
    private static final int WINDOW = 100;

    private ExecutorOrder() {}

    public static void main(String[] args) {
        ExecutorService executor = Executors.newFixedThreadPool(4);
        Tally tally = new Tally();
        AtomicBoolean busy = new AtomicBoolean();
        AtomicInteger overlaps = new AtomicInteger();
        Set<String> threads = ConcurrentHashMap.newKeySet();
        Signals.on(
                Signal.USR1,
                event -> {
                    if (!busy.compareAndSet(false, true)) {
                        overlaps.incrementAndGet();
                    }
                    threads.add(Thread.currentThread().getName());
                    tally.onSignal(event);
                    busy.set(false);
                },
                Delivery.on(executor));
        for (int i = 0; i < EVENTS; i++) {
            int sent = i;
            executor.execute(() -> {});
            Talk.until(() -> sent - tally.accounted() < WINDOW);
            Signals.raise(Signal.USR1);
        }
        Talk.until(() -> tally.accounted() >= EVENTS);
        Talk.say("order events=" + tally.events() + " disorder=" + tally.disorder() + " overlaps=" + overlaps
                + " threads=" + threads.size());
        executor.shutdown();
    }
}
