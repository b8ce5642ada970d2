package io.heliograph.programs.workers;

import io.heliograph.KeyboardInterrupt;
import io.heliograph.Signal;
import io.heliograph.programs.Talk;
import io.heliograph.workers.ChildStatus;
import io.heliograph.workers.JavaCommand;
import io.heliograph.workers.ProcessWorker;
import io.heliograph.workers.WorkerGroup;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** Groups whose processes have descendants of their own, each in a situation that the first argument names. */
public final class Lineage {
    private static final Duration LONG = Duration.ofHours(1);

    private Lineage() {}

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "top" -> top();
            case "childless" -> childless();
            case "parent" -> parent();
            case "destroy" -> destroy(false);
            case "destroy-forcibly" -> destroy(true);
            case "stopped" -> stopped();
            case "changes" -> changes();
            case "failing-handler" -> failingHandler();
            case "late" -> late();
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    /** JVMs with and without children, and one that is stopped; all of them live until somebody ends them. */
    private static void top() throws Exception {
        WorkerGroup group = WorkerGroup.builder().grace(Duration.ofSeconds(2)).open();
        group.javaProcess("childless", Lineage.class, "childless");
        group.javaProcess("parent", Lineage.class, "parent");
        ProcessWorker stopped = group.process(
                "stopped",
                JavaCommand.of(Lineage.class, "parent")
                        .toProcessBuilder()
                        .redirectOutput(ProcessBuilder.Redirect.PIPE));
        try (BufferedReader said = stopped.process().inputReader()) {
            for (int i = 0; i < 4; i++) {
                Talk.say(said.readLine());
            }
            stop(stopped);
            Talk.say("ready");
            group.join();
        }
    }

    private static void childless() throws InterruptedException {
        here("jvm", ProcessHandle.current().pid());
        Thread.sleep(LONG.toMillis());
    }

    /** Its children are the JDK's own; one has left its session, and one is stopped. It hears of no signal. */
    private static void parent() throws Exception {
        here("jvm", ProcessHandle.current().pid());
        here("plain", new ProcessBuilder("sleep", "1000").start().pid());
        here("setsid", new ProcessBuilder("setsid", "sleep", "1000").start().pid());
        try (BufferedReader said = new ProcessBuilder("sh", "-c", "echo $$; kill -STOP $$; sleep 1000")
                .start()
                .inputReader()) {
            here("stopped", Long.parseLong(said.readLine()));
            Thread.sleep(LONG.toMillis());
        }
    }

    private static void here(String what, long pid) {
        Talk.say("here " + what + " " + pid);
    }

    /** Waits until it is. */
    private static void stop(ProcessWorker worker) throws InterruptedException {
        CountDownLatch isStopped = new CountDownLatch(1);
        worker.onChange(status -> {
            if (status instanceof ChildStatus.Stopped) {
                isStopped.countDown();
            }
        });
        worker.send(Signal.STOP);
        isStopped.await();
    }

    /** By the JDK's own methods; a shell and its child. */
    private static void destroy(boolean forcibly) throws Exception {
        try (WorkerGroup group = WorkerGroup.open()) {
            ProcessWorker worker = group.process("shell", new ProcessBuilder("sh", "-c", "sleep 1000 & echo $!; wait"));
            Process process = worker.process();
            ProcessHandle grandchild = ProcessHandle.of(firstNumberOf(process)).orElseThrow();
            Talk.say((process.pid() == worker.pid()) + " " + (process.toHandle().pid() == worker.pid()) + " "
                    + process.children().toList().equals(List.of(grandchild)) + " " + process.isAlive());
            if (forcibly) {
                process.destroyForcibly();
            } else {
                process.destroy();
            }
            group.join();
            Talk.say(worker.status() + " " + process.waitFor() + " " + process.exitValue() + " " + process.isAlive()
                    + " " + (process.onExit().join() == process) + " grandchild " + grandchild.isAlive());
        }
    }

    private static long firstNumberOf(Process process) throws IOException {
        return Long.parseLong(process.inputReader().readLine());
    }

    /** A group with a stopped process is closed; far sooner than by force. */
    private static void stopped() throws Exception {
        ProcessWorker worker;
        try (WorkerGroup group =
                WorkerGroup.builder().grace(Duration.ofSeconds(30)).open()) {
            worker = group.process("sleeper", new ProcessBuilder("sleep", "1000"));
            stop(worker);
            Talk.say("" + worker.status());
        }
        Talk.say("" + worker.status());
    }

    /** The app's handler of failures fails itself, for the first of two. */
    private static void failingHandler() throws Exception {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            Talk.say("handler: " + failure.getMessage());
            throw new IllegalStateException("the handler, too");
        });
        try (WorkerGroup group = WorkerGroup.open()) {
            ProcessWorker first = group.process("first", new ProcessBuilder("sleep", "1000"));
            first.onChange(status -> {
                throw new IllegalStateException("the listener");
            });
            ProcessWorker second = group.process("second", new ProcessBuilder("sleep", "1000"));
            first.terminate();
            first.join();
            second.terminate();
            second.join();
            Talk.say(first.status() + " " + second.status());
        }
    }

    /** The first word of a command, which the start of a process reads when the group has let the worker in. */
    private static final class Hesitant extends AbstractList<String> {
        private final WorkerGroup group;
        private boolean isBegun;

        Hesitant(WorkerGroup group) {
            this.group = group;
        }

        @Override
        public String get(int index) {
            if (!isBegun) {
                isBegun = true;
                Talk.say("starting");
                Talk.until(() -> group.signal().isPresent());
            }
            return index == 0 ? "sleep" : "1000";
        }

        @Override
        public int size() {
            return 2;
        }
    }

    /** The signal comes while a process is being started, which then hears of it from us alone. */
    private static void late() throws Exception {
        ProcessWorker worker = null;
        try (WorkerGroup group = WorkerGroup.builder().grace(LONG).open()) {
            worker = group.process("late", new ProcessBuilder(new Hesitant(group)));
            group.join();
        } catch (KeyboardInterrupt e) {
            Talk.say("ended by " + e.event().getClass().getSimpleName() + " " + e.getSuppressed().length + " "
                    + (worker == null ? "not started" : worker.status()));
        }
    }

    /** What listeners are told; one that fails hinders nobody. */
    private static void changes() throws Exception {
        Queue<ChildStatus> told = new ConcurrentLinkedQueue<>();
        CountDownLatch continued = new CountDownLatch(1);
        try (WorkerGroup group = WorkerGroup.open()) {
            ProcessWorker worker = group.process("sleeper", new ProcessBuilder("sleep", "1000"));
            worker.onChange(status -> {
                throw new IllegalStateException("not this one");
            });
            worker.onChange(told::add).onChange(status -> {
                if (status instanceof ChildStatus.Continued) {
                    continued.countDown();
                }
            });
            stop(worker);
            worker.send(Signal.CONT);
            continued.await();
            worker.terminate();
            group.join();
        }
        Talk.say("" + told);
    }
}
