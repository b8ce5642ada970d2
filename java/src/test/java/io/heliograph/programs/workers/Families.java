package io.heliograph.programs.workers;

import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.SignalInterrupt;
import io.heliograph.SignalWorker;
import io.heliograph.Signals;
import io.heliograph.programs.Talk;
import io.heliograph.workers.Bindings;
import io.heliograph.workers.JavaCommand;
import io.heliograph.workers.ProcessWorker;
import io.heliograph.workers.WorkerFailure;
import io.heliograph.workers.WorkerGroup;
import io.heliograph.workers.WorkerPool;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Groups of processes, each in a situation that the first argument names. */
public final class Families {
    private static final Duration LONG = Duration.ofHours(1);

    private Families() {}

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "many" -> many(Integer.parseInt(args[1]));
            case "tree" -> tree(Integer.parseInt(args[1]), args[2]);
            case "deaf" -> deaf(Duration.parse(args[1]));
            case "failures" -> failures();
            case "terminate" -> terminate();
            case "polite" -> polite();
            case "bindings" -> bindings();
            case "bound" -> {
                Talk.say("up");
                Talk.hear();
            }
            case "pool" -> pool(args[1]);
            case "close" -> close();
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static ProcessBuilder shell(String script) {
        return new ProcessBuilder("sh", "-c", script);
    }

    /** So many that know nothing of us, and die by the signal. */
    private static void many(int count) throws Exception {
        WorkerGroup group = WorkerGroup.builder().grace(LONG).open();
        List<ProcessWorker> workers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            workers.add(group.process("sleep " + i, new ProcessBuilder("sleep", "1000")));
        }
        Talk.say("ready");
        join(group);
        long nanos = System.nanoTime() - group.signal().orElseThrow().arrivedAt();
        Talk.say(workers.stream().map(worker -> "" + worker.status()).distinct().toList() + " alive "
                + workers.stream().filter(ProcessWorker::isAlive).count());
        Talk.say("count=" + count + " micros=" + nanos / 1000);
        group.exitProcess();
    }

    /** A chain of JVMs, each with a group of its own, and beside each a program that knows nothing of us. */
    private static void tree(int below, String helper) throws Exception {
        List<ProcessWorker> workers = new ArrayList<>();
        try (WorkerGroup group = WorkerGroup.builder().grace(LONG).open()) {
            if (below > 0) {
                ProcessBuilder plain =
                        new ProcessBuilder(helper, "plain " + below + " up", "plain " + below + " got it");
                workers.add(group.process("plain", plain.inheritIO()));
                workers.add(group.javaProcess("below", Families.class, "tree", "" + (below - 1), helper));
            }
            group.thread("own", () -> Thread.sleep(LONG.toMillis()));
            Talk.say("level " + below + " ready");
            group.join();
        } catch (SignalInterrupt e) {
            Talk.say("level " + below + " " + e.getClass().getSimpleName() + " "
                    + e.event().getClass().getSimpleName() + " failures " + e.getSuppressed().length + " arrived "
                    + Signals.ledger().of(Signal.INT).arrived() + " below "
                    + workers.stream().map(ProcessWorker::status).toList());
        }
    }

    private static void deaf(Duration grace) throws Exception {
        WorkerGroup group = WorkerGroup.builder().grace(grace).open();
        ProcessWorker deaf =
                group.process("deaf", shell("trap 'echo asked' TERM INT; echo up; while :; do sleep 1000; done"));
        BufferedReader said = deaf.process().inputReader(); // it ends with the process
        said.readLine();
        Talk.say("pid=" + deaf.pid());
        Talk.say("ready");
        Thread listener = new Thread(() -> said.lines().forEach(line -> {
            Situation.awaitNoRepeat(group);
            Talk.say(line);
        }));
        listener.setDaemon(true);
        listener.start();
        join(group);
        Talk.say(deaf.status() + " abandoned " + group.abandoned());
        group.exitProcess();
    }

    private static void failures() throws Exception {
        try (WorkerGroup group = WorkerGroup.open()) {
            try {
                group.process("nothing", new ProcessBuilder("/no/such/program"));
            } catch (IOException e) {
                Talk.say("refused: " + e.getMessage());
            }
            // One after the other, so that the order is known.
            group.process("three", shell("exit 3")).join();
            group.process("usr1", shell("kill -USR1 $$")).join();
            group.process("fine", shell("exit 0")).join();
            ProcessWorker ended = group.process("ended by us", shell("while :; do sleep 1000; done"));
            ended.terminate();
            ended.join();
            Talk.say("ended by us: " + ended.status() + " " + ended.failure());
            WorkerPool pool = group.pool(1);
            pool.process("later", new ProcessBuilder("/no/such/program"));
            pool.join();
            group.join();
        } catch (WorkerFailure e) {
            Talk.say(e.getMessage());
            for (Throwable other : e.getSuppressed()) {
                Talk.say("and " + other.getMessage());
            }
        }
    }

    private static void terminate() throws Exception {
        try (WorkerGroup group = WorkerGroup.open()) {
            ProcessWorker child = group.process(
                    "polite",
                    JavaCommand.of(Families.class, "polite")
                            .toProcessBuilder()
                            .redirectOutput(ProcessBuilder.Redirect.PIPE));
            try (BufferedReader said = child.process().inputReader()) {
                Talk.say("child: " + said.readLine());
                child.terminate();
                Talk.say("child: " + said.readLine());
            }
            child.join();
            Talk.say("" + child.status());
            group.join();
        }
    }

    private static void polite() throws InterruptedException {
        try (WorkerGroup group = WorkerGroup.open()) {
            group.thread("body", () -> Thread.sleep(LONG.toMillis()));
            Talk.say("up");
            group.join();
        } catch (SignalInterrupt e) {
            Talk.say("Exit the process.");
        }
    }

    /** What is bound by class, here and in a child. */
    public static final class Greeting implements SignalWorker {
        private static final AtomicInteger SEEN = new AtomicInteger();

        @Override
        public void onSignal(SignalEvent event) {
            Talk.say("greeted by " + event.signal());
            SEEN.incrementAndGet();
        }
    }

    private static void bindings() throws Exception {
        try (Bindings bindings = Bindings.on(Signal.USR1, Greeting.class);
                WorkerGroup group = WorkerGroup.open()) {
            Signals.raise(Signal.USR1);
            Talk.until(() -> Greeting.SEEN.get() == 1);
            JavaCommand command = JavaCommand.of(Families.class, "bound").jvmOptions("-Xmx64m");
            ProcessWorker with = bound(group, "with", command.withBindings(bindings));
            ProcessWorker without = bound(group, "without", command);
            without.send(Signal.USR1);
            without.join();
            Talk.say("without: " + without.status());
            try (BufferedReader said = with.process().inputReader()) {
                Talk.say("with: " + said.readLine());
                with.send(Signal.USR1);
                Talk.say("with: " + said.readLine());
            }
            with.process().outputWriter().append("end\n").close();
            with.join();
            Talk.say("with: " + with.status());
            try {
                Bindings.on(Signal.USR2, ((SignalWorker) event -> {}).getClass());
            } catch (IllegalArgumentException e) {
                Talk.say(e.getMessage());
            }
            group.join();
        }
    }

    private static ProcessWorker bound(WorkerGroup group, String name, JavaCommand command) throws IOException {
        ProcessBuilder builder = command.toProcessBuilder()
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .redirectOutput(ProcessBuilder.Redirect.PIPE);
        return group.process(name, builder);
    }

    private static void pool(String helper) throws Exception {
        try (WorkerGroup group = WorkerGroup.builder().grace(LONG).open()) {
            WorkerPool pool = group.pool(3);
            for (int i = 0; i < 6; i++) {
                pool.process("task " + i, new ProcessBuilder(helper, "begun", "[-] handler exit").inheritIO());
            }
            group.join();
        } catch (SignalInterrupt e) {
            Talk.say("[-] main exit " + e.getSuppressed().length);
        }
    }

    private static void close() throws Exception {
        ProcessWorker child;
        List<ProcessHandle> descendants = new ArrayList<>();
        try (WorkerGroup group = WorkerGroup.builder().grace(LONG).open()) {
            child = group.process("shell", shell("sleep 1000 & echo $!; sleep 1000 & echo $!; wait"));
            try (BufferedReader said = child.process().inputReader()) {
                for (int i = 0; i < 2; i++) {
                    long pid = Long.parseLong(said.readLine());
                    descendants.add(ProcessHandle.of(pid).orElseThrow());
                }
            }
        }
        Talk.say(child.status() + " " + child.isAlive() + " "
                + descendants.stream().map(ProcessHandle::isAlive).toList());
    }

    private static void join(WorkerGroup group) throws InterruptedException {
        try {
            group.join();
        } catch (SignalInterrupt e) {
            Talk.say("ended by " + e.getClass().getSimpleName() + " " + e.getSuppressed().length);
        }
    }
}
