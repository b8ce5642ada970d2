package io.heliograph.programs.workers;

import io.heliograph.SignalInterrupt;
import io.heliograph.programs.Talk;
import io.heliograph.workers.Body;
import io.heliograph.workers.Interruption;
import io.heliograph.workers.ThreadWorker;
import io.heliograph.workers.WorkerFailure;
import io.heliograph.workers.WorkerGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** What bodies of threads see of a signal, and what becomes of their failures, each in a situation that the first argument names; the second is the {@link Interruption}. */
public final class WorkerBodies extends Situation {
    private WorkerBodies(String interruption) {
        super(interruption);
    }

    public static void main(String[] args) throws Exception {
        WorkerBodies workers = new WorkerBodies(args[1]);
        switch (args[0]) {
            case "failures" -> workers.failures();
            case "failure-and-signal" -> workers.failureAndSignal();
            case "unbroken" -> workers.unbroken();
            case "marked" -> workers.marked();
            case "interrupted" -> workers.interrupted();
            case "limited" -> workers.limited();
            case "greenlets" -> workers.greenlets(args[2].equals("virtual"));
            default -> throw new IllegalArgumentException(args[0]);
        }
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
}
