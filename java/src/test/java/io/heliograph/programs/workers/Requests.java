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
 * A group that is asked more than once: {@code Requests GRACE WORKER SIGNAL…}. Its worker, a thread, a process or a nested group,
 * ends its clean-up when USR1 has arrived. So all signals that came before USR1 are dispatched by then.
 */
public final class Requests {
    private static final CountDownLatch AT_WORK = new CountDownLatch(1);
    private static final CountDownLatch GO_ON = new CountDownLatch(1);
    private static final String CHILD = "trap 'echo asked; read -r line; echo cleaned up; exit 0' TERM INT HUP;"
            + " echo up; while :; do sleep 1000; done";

    private Requests() {}

    public static void main(String[] args) throws Exception {
        Signals.on(Signal.USR1, event -> GO_ON.countDown(), Delivery.inline());
        WorkerGroup group = WorkerGroup.builder()
                .grace(Duration.parse(args[0]))
                .signals(Stream.of(args).skip(2).map(Signal::of).toArray(Signal[]::new))
                .open();
        try {
            switch (args[1]) {
                case "thread" -> group.thread("worker", Requests::work);
                case "process" -> startProcess(group);
                case "nested" -> group.thread("outer", Requests::nest);
                default -> throw new IllegalArgumentException(args[1]);
            }
            AT_WORK.await();
            Talk.say("ready " + ProcessHandle.current().pid());
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
            GO_ON.await();
            Talk.say("cleaned up");
        }
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
            GO_ON.await();
            worker.process().outputWriter().append('\n').close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
