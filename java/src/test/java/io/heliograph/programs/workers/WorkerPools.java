package io.heliograph.programs.workers;

import io.heliograph.Signal;
import io.heliograph.SignalInterrupt;
import io.heliograph.Signals;
import io.heliograph.programs.Talk;
import io.heliograph.workers.Body;
import io.heliograph.workers.Interruption;
import io.heliograph.workers.ThreadWorker;
import io.heliograph.workers.WorkerGroup;
import io.heliograph.workers.WorkerPool;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Workers that come and go, each in a situation that the first argument names; the second is the {@link Interruption}. */
public final class WorkerPools extends Situation {
    private WorkerPools(String interruption) {
        super(interruption);
    }

    public static void main(String[] args) throws Exception {
        WorkerPools workers = new WorkerPools(args[1]);
        switch (args[0]) {
            case "pool" -> workers.pool();
            case "turns" -> workers.turns();
            case "close" -> workers.close();
            case "storm" -> workers.storm();
            case "again" -> workers.again();
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private void pool() throws InterruptedException {
        try (WorkerGroup group = builder.grace(LONG).open()) {
            WorkerPool pool = group.pool(3);
            CountDownLatch atWork = new CountDownLatch(3);
            for (int i = 0; i < 6; i++) {
                pool.thread("task " + i, () -> {
                    try {
                        Talk.say("begun");
                        atWork.countDown();
                        while (true) {
                            WorkerGroup.checkpoint();
                        }
                    } catch (SignalInterrupt e) {
                        Talk.say("[-] handler exit");
                    }
                });
            }
            atWork.await();
            Talk.say("ready");
            group.join();
        } catch (SignalInterrupt e) {
            Talk.say("[-] main exit");
        }
    }

    /** More tasks than places: never more at work than places, and all come to their turn. */
    private void turns() throws InterruptedException {
        try (WorkerGroup group = builder.open()) {
            WorkerPool pool = group.pool(4);
            AtomicInteger now = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            AtomicInteger done = new AtomicInteger();
            for (int i = 0; i < 1000; i++) {
                pool.thread("task " + i, () -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    Thread.yield();
                    now.decrementAndGet();
                    done.incrementAndGet();
                });
            }
            pool.join();
            Talk.say("done=" + done.get() + " most=" + most.get());
        }
    }

    private void close() {
        try (WorkerGroup group = builder.grace(LONG).open()) {
            CountDownLatch atWork = new CountDownLatch(2);
            group.thread("sleeps", () -> {
                try {
                    sleep(atWork);
                } finally {
                    Talk.say("sleeper ends");
                }
            });
            group.thread("checks", () -> {
                atWork.countDown();
                try {
                    while (true) {
                        WorkerGroup.checkpoint();
                    }
                } catch (CancellationException e) {
                    Talk.say("cancelled: " + e.getMessage());
                }
            });
            Talk.until(() -> atWork.getCount() == 0);
        }
        Talk.say("closed");
    }

    /** Workers that come and go while the signal arrives: whatever had begun ends, and nothing begins any more. */
    private void storm() throws InterruptedException {
        AtomicInteger steps = new AtomicInteger();
        List<ThreadWorker> all = new ArrayList<>();
        try (WorkerGroup group = builder.grace(LONG).open()) {
            WorkerPool pool = group.pool(3);
            Body body = () -> {
                for (int i = 0; i < 100; i++) {
                    steps.incrementAndGet();
                    WorkerGroup.checkpoint();
                    Thread.sleep(0, 1000);
                }
            };
            Talk.say("ready");
            try {
                for (int i = 0; ; i++) {
                    all.add(group.thread("t" + i, body));
                    all.add(pool.thread("p" + i, body));
                    if (i % 50 == 0) {
                        group.join();
                    }
                }
            } catch (SignalInterrupt e) {
                Talk.say("refused, failures " + e.getSuppressed().length);
            }
            join(group);
            int whenJoined = steps.get();
            Talk.say("alive " + all.stream().filter(ThreadWorker::isAlive).count() + " later steps "
                    + (steps.get() - whenJoined));
        }
    }

    /** Many groups, one after the other, leave nothing behind. */
    private void again() throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            try (WorkerGroup group = builder.open()) {
                group.pool(2).thread("task", () -> {});
                group.join();
            }
        }
        boolean left = Talk.until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().matches("heliograph-(group|pool)")));
        Talk.say("threads gone: " + left + ", registrations "
                + Signals.dispositions().get(Signal.TERM).registrations());
    }
}
