package io.heliograph.programs.workers;

import io.heliograph.Delivery;
import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalInterrupt;
import io.heliograph.Signals;
import io.heliograph.programs.Talk;
import io.heliograph.workers.ProcessWorker;
import io.heliograph.workers.ThreadWorker;
import io.heliograph.workers.WorkerFailure;
import io.heliograph.workers.WorkerGroup;
import io.heliograph.workers.WorkerPool;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** Groups with processes that do not what is expected of them, each in a situation that the first argument names. */
public final class ProcessCorners {
    private ProcessCorners() {}

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "one-builder" -> oneBuilder();
            case "on-exit" -> onExit();
            case "no-program" -> noProgram();
            case "orderly" -> orderly(args[1]);
            case "joins-itself" -> joinsItself();
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    /** A pool whose places start at the same time from one builder. */
    private static void oneBuilder() throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("true");
        try (WorkerGroup group = WorkerGroup.open()) {
            WorkerPool pool = group.pool(4);
            for (int i = 0; i < 40; i++) {
                pool.process("task " + i, builder);
            }
            group.join();
        } catch (WorkerFailure e) {
            Talk.say(e.getMessage() + " and " + e.getSuppressed().length);
        }
        Talk.say("" + builder.command());
    }

    /** What depends on an end waits for another one. */
    private static void onExit() throws Exception {
        try (WorkerGroup group = WorkerGroup.open()) {
            ProcessWorker first = group.process("first", new ProcessBuilder("sleep", "1000"));
            ProcessWorker second = group.process("second", new ProcessBuilder("sleep", "1000"));
            CompletableFuture<Void> both = first.process().onExit().thenAccept(process -> {
                second.terminate();
                try {
                    second.join();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            first.terminate();
            both.get(60, TimeUnit.SECONDS);
            group.join();
            Talk.say(first.status() + " " + second.status());
        }
    }

    /** A program that can't be run, when its turn comes. */
    private static void noProgram() throws Exception {
        CountDownLatch turn = new CountDownLatch(1);
        try (WorkerGroup group = WorkerGroup.open()) {
            WorkerPool pool = group.pool(1);
            pool.thread("first", turn::await);
            ProcessWorker none = pool.process("none", new ProcessBuilder("/no/such/program"))
                    .onChange(status -> Talk.say("told " + status));
            turn.countDown();
            pool.join();
            // Behind all that there may be to tell.
            group.process("next", new ProcessBuilder("true")).join();
            Talk.say("" + none.status());
            group.join();
        } catch (WorkerFailure e) {
            Talk.say("" + e.getCause());
        }
    }

    /** In a pool of one a process exits with 0 on the terminal's INT, while this process's own is still on its way. */
    private static void orderly(String helper) throws InterruptedException {
        CountDownLatch holds = new CountDownLatch(1);
        AtomicReference<ProcessWorker> second = new AtomicReference<>();
        try (WorkerGroup group =
                        WorkerGroup.builder().grace(Duration.ofHours(1)).open();
                Registration slow = Signals.on(
                        Signal.USR1,
                        event -> {
                            holds.countDown();
                            boolean unused = Talk.until(() -> isNextDecided(second));
                        },
                        Delivery.inline())) {
            Signals.raise(slow.signal());
            holds.await();
            WorkerPool pool = group.pool(1);
            pool.process("first", new ProcessBuilder(helper, "ready", "over").inheritIO());
            second.set(pool.process("second", new ProcessBuilder("echo", "started").inheritIO()));
            group.join();
        } catch (SignalInterrupt e) {
            Talk.say(e + " " + e.getSuppressed().length);
        }
    }

    /** The pool's place waits for what is on its way, or has had the second. */
    private static boolean isNextDecided(AtomicReference<ProcessWorker> second) {
        ProcessWorker next = second.get();
        return (next != null && !next.isAlive())
                || Thread.getAllStackTraces().entrySet().stream()
                        .filter(thread -> thread.getKey().getName().equals("heliograph-pool"))
                        .flatMap(thread -> Stream.of(thread.getValue()))
                        .anyMatch(frame -> frame.getMethodName().equals("awaitDispatched"));
    }

    private static void joinsItself() throws InterruptedException {
        try (WorkerGroup group = WorkerGroup.open()) {
            CompletableFuture<ThreadWorker> self = new CompletableFuture<>();
            self.complete(
                    group.thread("self", () -> sayRefusal(() -> self.join().join())));
            WorkerPool pool = group.pool(2);
            pool.thread("one of it", () -> sayRefusal(pool::join)).join();
            group.join();
        }
    }

    private interface Join {
        void join() throws InterruptedException;
    }

    private static void sayRefusal(Join join) throws InterruptedException {
        try {
            join.join();
        } catch (IllegalStateException e) {
            Talk.say(e.getMessage());
        }
    }
}
