package io.heliograph.programs.workers;

import io.heliograph.Signal;
import io.heliograph.SignalInterrupt;
import io.heliograph.Signals;
import io.heliograph.programs.Talk;
import io.heliograph.workers.Body;
import io.heliograph.workers.ExitMode;
import io.heliograph.workers.Interruption;
import io.heliograph.workers.ThreadWorker;
import io.heliograph.workers.WorkerFailure;
import io.heliograph.workers.WorkerGroup;
import io.heliograph.workers.WorkerPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Groups of threads, each in a situation that the first argument names; the second is the {@link Interruption}. */
public final class Workers {
    private static final Duration LONG = Duration.ofHours(1);

    private final WorkerGroup.Builder builder = WorkerGroup.builder();
    private final AtomicInteger cleanedUp = new AtomicInteger();

    private Workers() {}

    public static void main(String[] args) throws Exception {
        Workers workers = new Workers();
        workers.builder.interruption(Interruption.valueOf(args[1]));
        switch (args[0]) {
            case "many" -> workers.many(Integer.parseInt(args[2]), args[3].equals("virtual"));
            case "busy" -> workers.busy();
            case "deaf" -> workers.deaf(args[2]);
            case "nested" -> workers.nested();
            case "starter" -> workers.starter();
            case "before" -> workers.before();
            case "after" -> workers.after();
            case "failures" -> workers.failures();
            case "failure-and-signal" -> workers.failureAndSignal();
            case "pool" -> workers.pool();
            case "turns" -> workers.turns();
            case "ending" -> workers.ending(args[2]);
            case "close" -> workers.close();
            case "unbroken" -> workers.unbroken();
            case "interrupted" -> workers.interrupted();
            case "limited" -> workers.limited();
            case "greenlets" -> workers.greenlets(args[2].equals("virtual"));
            case "lingers" -> workers.lingers();
            case "storm" -> workers.storm();
            case "nested-close" -> workers.nestedClose();
            case "again" -> workers.again();
            case "marked" -> workers.marked();
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    /** So many workers that wait; how long it takes from the signal to the end of the join is told, not asserted. */
    private void many(int count, boolean virtual) throws InterruptedException {
        WorkerGroup group = builder.grace(LONG).open();
        CountDownLatch atWork = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            if (virtual) {
                group.virtual("v" + i, () -> sleep(atWork));
            } else {
                group.thread("t" + i, () -> sleep(atWork));
            }
        }
        atWork.await();
        Talk.say("ready");
        join(group);
        long nanos = System.nanoTime() - group.signal().orElseThrow().arrivedAt();
        Talk.say("cleaned=" + cleanedUp.get() + " micros=" + nanos / 1000);
        group.exitProcess();
    }

    private void sleep(CountDownLatch atWork) throws InterruptedException {
        try {
            atWork.countDown();
            Thread.sleep(LONG.toMillis());
        } finally {
            cleanedUp.incrementAndGet();
        }
    }

    private void busy() throws InterruptedException {
        try (WorkerGroup group = builder.grace(LONG).open()) {
            CountDownLatch atWork = new CountDownLatch(2);
            for (int i = 0; i < 2; i++) {
                group.thread("busy " + i, () -> {
                    try {
                        atWork.countDown();
                        while (true) {
                            WorkerGroup.checkpoint();
                        }
                    } catch (SignalInterrupt e) {
                        Thread.sleep(1); // the clean-up is not interrupted
                        Talk.say("cleaned up after " + e.getClass().getSimpleName());
                    }
                });
            }
            atWork.await();
            Talk.say("ready");
            join(group);
        }
    }

    /** A body that lets nothing stop it. */
    private void deaf(String grace) throws InterruptedException {
        WorkerGroup group = builder.grace(Duration.parse(grace)).open();
        Semaphore asked = new Semaphore(0);
        ThreadWorker other = group.thread("all \"ears\"\n", () -> Thread.sleep(LONG.toMillis()));
        Thread teller = new Thread(() -> {
            asked.acquireUninterruptibly();
            Talk.until(() -> !other.isAlive());
            Talk.say("asked");
        });
        teller.setDaemon(true);
        teller.start();
        group.thread("deaf", () -> {
            boolean isReady = false;
            while (true) {
                try {
                    if (!isReady) {
                        isReady = true;
                        Talk.say("ready");
                    }
                    Thread.sleep(LONG.toMillis());
                } catch (InterruptedException | SignalInterrupt e) {
                    asked.release();
                    keepOn();
                }
            }
        });
        join(group);
        Talk.say("abandoned " + group.abandoned());
        group.exitProcess();
    }

    private static void keepOn() {
        while (true) {
            Thread.onSpinWait();
        }
    }

    private void nested() throws InterruptedException {
        try (WorkerGroup outer = builder.signals(Signal.TERM).grace(LONG).open()) {
            outer.thread("outer", () -> {
                // The inner group has another signal: the outer one's reaches it by its worker alone.
                try (WorkerGroup inner = builder.signals(Signal.USR1).open()) {
                    CountDownLatch atWork = new CountDownLatch(1);
                    inner.thread("inner", () -> sleep(atWork));
                    atWork.await();
                    Talk.say("ready");
                    inner.join();
                } finally {
                    Talk.say("inner over, cleaned=" + cleanedUp.get());
                }
            });
            join(outer);
        }
        Talk.say("outer over");
    }

    private void starter() throws InterruptedException {
        try (WorkerGroup group = builder.grace(LONG).open()) {
            group.thread("starter", () -> {
                try {
                    Talk.say("ready");
                    Thread.sleep(LONG.toMillis());
                } finally {
                    try {
                        group.thread("late", () -> Talk.say("started"));
                    } catch (SignalInterrupt e) {
                        Talk.say("refused by " + e);
                    }
                }
            });
            join(group);
        }
    }

    private void before() throws InterruptedException {
        WorkerGroup group = builder.open();
        Talk.say("ready");
        Talk.until(() -> group.signal().isPresent());
        try {
            group.thread("first", () -> Talk.say("started"));
        } catch (SignalInterrupt e) {
            Talk.say("refused by " + e);
        }
        join(group);
        join(group);
        group.close();
        try {
            group.thread("closed", () -> Talk.say("started"));
        } catch (IllegalStateException e) {
            Talk.say(e.getMessage());
        }
    }

    private void after() throws InterruptedException {
        WorkerGroup group = builder.open();
        group.thread("only", () -> Talk.say("done"));
        group.join();
        Talk.say("ready");
        Talk.until(() -> group.signal().isPresent());
        try {
            group.close();
        } catch (SignalInterrupt e) {
            Talk.say("closed by " + e);
        }
        Talk.say("TERM is the JVM's again");
        Talk.hear();
    }

    private void failures() throws InterruptedException {
        try (WorkerGroup group = builder.open()) {
            var first = group.thread("reader", () -> {
                throw new java.io.IOException("no such page");
            });
            Talk.until(() -> !first.isAlive());
            group.thread("writer", () -> {
                throw new StackOverflowError("deep");
            });
            var fine = group.thread("fine", () -> {});
            try {
                group.join();
            } catch (WorkerFailure e) {
                tell(e);
            }
            Talk.say("fine " + fine.failure() + " " + fine.isAlive());
            group.join();
            Talk.say("told once");
            CountDownLatch again = new CountDownLatch(1);
            group.thread("again", () -> {
                again.countDown(); // one that has not begun when the group is closed does not begin any more
                throw new IllegalStateException("told by close");
            });
            again.await();
        } catch (WorkerFailure e) {
            tell(e);
        }
    }

    private static void tell(WorkerFailure failure) {
        Talk.say(failure.worker() + " failed: " + failure.getCause());
        for (Throwable other : failure.getSuppressed()) {
            Talk.say("and " + other.getMessage());
        }
    }

    private void failureAndSignal() throws InterruptedException {
        try (WorkerGroup group = builder.grace(LONG).open()) {
            var failed = group.thread("early", () -> {
                throw new IllegalStateException("before");
            });
            failed.join();
            CountDownLatch atWork = new CountDownLatch(2);
            group.thread("late", () -> {
                try {
                    sleep(atWork);
                } catch (InterruptedException e) {
                    throw new IllegalStateException("in the clean-up");
                }
            });
            group.thread("wraps", () -> {
                try {
                    sleep(atWork);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            atWork.await();
            Talk.say("ready");
            try {
                group.join();
            } catch (SignalInterrupt e) {
                Talk.say(e.getClass().getSimpleName());
                for (Throwable failure : e.getSuppressed()) {
                    Talk.say("and " + failure.getMessage());
                }
            }
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

    private void ending(String how) throws InterruptedException {
        ExitMode ending = switch (how) {
            case "by-signal" -> ExitMode.bySignal();
            case "status" -> ExitMode.signalStatus();
            default -> ExitMode.status(Integer.parseInt(how));
        };
        WorkerGroup group = builder.exitMode(ending).open();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Talk.say("hook")));
        group.thread("sleeper", () -> sleep(new CountDownLatch(1)));
        Talk.say("ready");
        join(group);
        group.exitProcess();
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

    private void unbroken() throws InterruptedException {
        CountDownLatch inSection = new CountDownLatch(1);
        Semaphore asked = new Semaphore(0);
        try (WorkerGroup group = builder.grace(LONG).open()) {
            group.thread("careful", () -> {
                try {
                    WorkerGroup.unbroken(() -> {
                        inSection.countDown();
                        asked.acquireUninterruptibly();
                        Thread.sleep(1);
                        WorkerGroup.checkpoint();
                        Talk.say("section whole");
                    });
                    Thread.sleep(LONG.toMillis());
                } catch (InterruptedException | SignalInterrupt e) {
                    // In the clean-up what has interrupted is over.
                    WorkerGroup.unbroken(() -> Thread.sleep(1));
                    Talk.say("broken off after it");
                }
            });
            inSection.await();
            // Asked after the first, in the order of their start: then so has the first been.
            group.thread("second", () -> {
                try {
                    Talk.say("ready");
                    Thread.sleep(LONG.toMillis());
                } finally {
                    asked.release();
                }
            });
            join(group);
        }
    }

    /** An interrupt that is no signal's is the caller's own. */
    private void interrupted() throws InterruptedException {
        WorkerGroup group = builder.grace(LONG).open();
        Thread main = Thread.currentThread();
        CountDownLatch atWork = new CountDownLatch(1);
        group.thread("sleeper", () -> sleep(atWork));
        atWork.await();
        group.thread("interrupter", main::interrupt);
        try {
            group.join();
        } catch (InterruptedException e) {
            Talk.say("interrupted " + group.signal() + " " + Thread.interrupted());
        }
        group.close();
        Talk.say("cleaned=" + cleanedUp.get());
    }

    private void limited() throws InterruptedException {
        try (WorkerGroup group = builder.grace(LONG).open()) {
            var sleeper = group.thread("sleeper", () -> sleep(new CountDownLatch(1)));
            Talk.say("in time: " + group.join(Duration.ofMillis(1)) + " " + sleeper.join(Duration.ofMillis(1)));
            group.thread("selfish", group::join).join();
            Talk.say("ready");
            try {
                while (!group.join(Duration.ofMillis(1))) {
                    // It hears the signal all the same.
                }
            } catch (SignalInterrupt e) {
                Talk.say(e.getClass().getSimpleName() + " " + e.getSuppressed()[0].getMessage());
            }
        }
    }

    /** Loops without a checkpoint: only what is raised inside ends them. */
    private void greenlets(boolean virtual) throws InterruptedException {
        List<ThreadWorker> jobs = new ArrayList<>();
        try (WorkerGroup group = builder.grace(LONG).open()) {
            CountDownLatch atWork = new CountDownLatch(1);
            for (int i = 0; i < 5; i++) {
                Body body = () -> {
                    atWork.countDown();
                    keepOn();
                };
                jobs.add(virtual ? group.virtual("greenlet " + i, body) : group.thread("greenlet " + i, body));
            }
            atWork.await();
            Talk.say("ready");
            group.join();
        } catch (SignalInterrupt e) {
            long inside = jobs.stream()
                    .flatMap(job -> job.endedBy().stream())
                    .filter(raised -> raised instanceof SignalInterrupt)
                    .filter(raised -> List.of(raised.getStackTrace()).stream()
                            .anyMatch(frame -> frame.getMethodName().equals("keepOn")))
                    .count();
            Talk.say("inside " + (inside > 0) + " alive "
                    + jobs.stream().filter(ThreadWorker::isAlive).count() + " failures " + e.getSuppressed().length);
        }
    }

    /** What comes after the group hangs. */
    private void lingers() throws InterruptedException {
        try (WorkerGroup group = builder.grace(LONG).open()) {
            Talk.say("ready");
            join(group);
            Talk.say("lingers");
            Talk.hear();
        }
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

    /** The outer group is closed while its worker waits for an inner one. */
    private void nestedClose() throws InterruptedException {
        CountDownLatch atWork = new CountDownLatch(1);
        try (WorkerGroup outer = builder.grace(LONG).open()) {
            outer.thread("outer", () -> {
                try (WorkerGroup inner = builder.open()) {
                    inner.thread("inner", () -> sleep(atWork));
                    inner.join();
                } catch (InterruptedException | CancellationException e) {
                    Talk.say("inner over by " + e.getClass().getSimpleName());
                }
            });
            atWork.await();
        }
        Talk.say("cleaned=" + cleanedUp.get());
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

    /** An interrupt that came before a section waits for its end. */
    private void marked() throws InterruptedException {
        try (WorkerGroup group = builder.grace(LONG).open()) {
            group.thread("marked", () -> {
                Talk.say("ready");
                while (!Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                }
                WorkerGroup.unbroken(() -> Thread.sleep(1));
                Talk.say("section whole, interrupted after it: " + Thread.interrupted());
            });
            join(group);
        }
    }

    private static void join(WorkerGroup group) throws InterruptedException {
        try {
            group.join();
        } catch (SignalInterrupt e) {
            Talk.say("ended by " + e.getClass().getSimpleName() + " " + e.getSuppressed().length);
        }
    }
}
