package io.heliograph.programs.workers;

import io.heliograph.Delivery;
import io.heliograph.Signal;
import io.heliograph.SignalInterrupt;
import io.heliograph.Signals;
import io.heliograph.programs.Talk;
import io.heliograph.workers.ProcessWorker;
import io.heliograph.workers.WorkerGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * A group that is asked more than once: {@code Requests GRACE WORKER SIGNAL…}. Its worker, a thread, a process, a nested group or
 * this program again, ends its clean-up when {@link #GO_ON} has arrived, and so all signals that came before it.
 */
public final class Requests {
    private static final CountDownLatch AT_WORK = new CountDownLatch(1);
    /** The kernel delivers pending signals in the order of their numbers. */
    public static final Signal GO_ON = Signal.realTime(20);

    private static final CountDownLatch GOES_ON = new CountDownLatch(1);
    private static final String CHILD = "trap 'echo asked; read -r line; echo cleaned up; exit 0' TERM INT HUP;"
            + " echo up; while :; do sleep 1000; done";

    private Requests() {}

    public static void main(String[] args) throws Exception {
        Signals.on(GO_ON, event -> GOES_ON.countDown(), Delivery.inline());
        WorkerGroup group = WorkerGroup.builder()
                .grace(Duration.parse(args[0]))
                .signals(Stream.of(args).skip(2).map(Signal::of).toArray(Signal[]::new))
                .open();
        try {
            switch (args[1]) {
                case "thread" -> group.thread("worker", Requests::work);
                case "process" -> startProcess(group);
                case "program" -> {
                    group.javaProcess("program", Requests.class, args[0], "thread", args[2]);
                    AT_WORK.countDown();
                }
                case "nested" -> group.thread("outer", Requests::nest);
                default -> throw new IllegalArgumentException(args[1]);
            }
            AT_WORK.await();
            Talk.say(args[1] + " ready " + ProcessHandle.current().pid());
            group.join();
        } catch (SignalInterrupt e) {
            Talk.say("ended by " + e.getMessage() + " " + e.getSuppressed().length);
        }
        group.exitProcess();
    }

    private static void work() throws InterruptedException {
        AT_WORK.countDown();
        try {
            Thread.sleep(Situation.LONG.toMillis());
        } finally {
            Talk.say("asked");
            awaitGoOn();
            Talk.say("cleaned up");
        }
    }

    /** Then the groups have had the time to force for all that came before. */
    private static void awaitGoOn() throws InterruptedException {
        GOES_ON.await();
        Talk.until(() -> Situation.threads("heliograph-group").allMatch(Requests::isWaiting));
    }

    /** A notified thread is not, before it has looked again. */
    private static boolean isWaiting(Thread thread) {
        return thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING;
    }

    private static void nest() throws InterruptedException {
        try (WorkerGroup inner = WorkerGroup.builder().grace(Situation.LONG).open()) {
            inner.thread("inner", Requests::work);
            inner.join();
        }
    }

    private static void startProcess(WorkerGroup group) throws Exception {
        ProcessWorker worker =
                group.process("worker", new ProcessBuilder("sh", "-c", CHILD).redirectError(Redirect.DISCARD));
        Thread reader = new Thread(() -> worker.process().inputReader().lines().forEach(line -> {
            if (line.equals("up")) {
                AT_WORK.countDown();
            } else {
                Talk.say(line);
            }
        }));
        Thread teller = new Thread(() -> letGoOn(worker));
        for (Thread thread : new Thread[] {reader, teller}) {
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void letGoOn(ProcessWorker worker) {
        try {
            awaitGoOn();
            worker.process().outputWriter().append('\n').close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
