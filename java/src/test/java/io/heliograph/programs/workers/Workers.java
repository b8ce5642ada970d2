package io.heliograph.programs.workers;

import io.heliograph.Signal;
import io.heliograph.SignalInterrupt;
import io.heliograph.programs.Talk;
import io.heliograph.workers.ExitMode;
import io.heliograph.workers.Interruption;
import io.heliograph.workers.ThreadWorker;
import io.heliograph.workers.WorkerGroup;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** Groups of threads that a signal ends, each in a situation that the first argument names; the second is the {@link Interruption}. */
public final class Workers extends Situation {
    private Workers(String interruption) {
        super(interruption);
    }

    public static void main(String[] args) throws Exception {
        Workers workers = new Workers(args[1]);
        switch (args[0]) {
            case "many" -> workers.many(Integer.parseInt(args[2]), args[3].equals("virtual"));
            case "busy" -> workers.busy();
            case "deaf" -> workers.deaf(args[2]);
            case "nested" -> workers.nested();
            case "nested-close" -> workers.nestedClose();
            case "starter" -> workers.starter();
            case "before" -> workers.before();
            case "after" -> workers.after();
            case "ending" -> workers.ending(args[2]);
            case "lingers" -> workers.lingers();
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    /** So many workers that wait. It prints the time from the signal to the end of the join; no test asserts that. */
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
            awaitNoRepeat(group);
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

    private void ending(String how) throws InterruptedException {
        ExitMode mode = switch (how) {
            case "by-signal" -> ExitMode.bySignal();
            case "status" -> ExitMode.signalStatus();
            default -> ExitMode.status(Integer.parseInt(how));
        };
        WorkerGroup group = builder.exitMode(mode).open();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Talk.say("hook")));
        group.thread("sleeper", () -> sleep(new CountDownLatch(1)));
        Talk.say("ready");
        join(group);
        group.exitProcess();
    }

    /** What comes after the group hangs. */
    private void lingers() throws InterruptedException {
        try (WorkerGroup group = builder.grace(LONG).open()) {
            Talk.say("ready");
            Talk.until(() -> group.signal().isPresent());
            join(group);
            awaitNoRepeat(group);
            Talk.say("lingers");
            Talk.hear();
        }
    }
}
