package io.heliograph.programs;

import io.heliograph.Delivery;
import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.SignalInterrupt;
import io.heliograph.SignalWorker;
import io.heliograph.Signals;
import io.heliograph.workers.Bindings;
import io.heliograph.workers.JavaCommand;
import io.heliograph.workers.ProcessWorker;
import io.heliograph.workers.WorkerFailure;
import io.heliograph.workers.WorkerGroup;
import io.heliograph.workers.WorkerPool;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** Groups where two things meet, each in a situation that the first argument names. */
public final class Corners {
    private static final Duration LONG = Duration.ofHours(1);

    private Corners() {}

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "one-arrival" -> oneArrival();
            case "raise-in-join" -> raiseInJoin(args[1].equals("limited"));
            case "pools" -> pools();
            case "limit" -> limit();
            case "bindings" -> bindings();
            case "held" -> held();
            case "alone" -> alone(args[1].equals("close"));
            case "properties" -> properties();
            case "say-property" ->
                Talk.say("" + System.getProperty("heliograph.test") + " " + System.getProperty("other"));
            case "cannot-open" -> cannotOpen();
            case "waits" -> waits(Stream.of(args).skip(1).map(Signal::of).toArray(Signal[]::new));
            case "deaf" -> deaf();
            case "shared" -> shared();
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    /** One arrival for a group and one in it: the outer one ends the inner before the inner has its own. */
    private static void oneArrival() throws InterruptedException {
        try (WorkerGroup outer = WorkerGroup.builder().grace(LONG).open()) {
            CountDownLatch innerIsAsked = new CountDownLatch(1);
            CountDownLatch innerHasItsOwn = new CountDownLatch(1);
            // Between the two groups in the order of registration.
            Registration between = Signals.on(Signal.TERM, event -> innerIsAsked.await(), Delivery.inline());
            outer.thread("outer", () -> {
                try (WorkerGroup inner = WorkerGroup.builder().grace(LONG).open();
                        Registration after =
                                Signals.on(Signal.TERM, event -> innerHasItsOwn.countDown(), Delivery.inline())) {
                    inner.thread("cleaner", () -> {
                        try {
                            Thread.sleep(LONG.toMillis());
                        } finally {
                            innerIsAsked.countDown();
                            innerHasItsOwn.await();
                            Thread.sleep(100); // a clean-up that takes its time
                            Talk.say("cleaned up");
                        }
                    });
                    Talk.say("ready");
                    inner.join();
                } catch (SignalInterrupt e) {
                    Talk.say("inner over");
                }
            });
            try {
                outer.join();
            } finally {
                between.close();
            }
        } catch (SignalInterrupt e) {
            Talk.say("outer over");
        }
    }

    /** What is raised in the thread that joins ends the join. */
    private static void raiseInJoin(boolean limited) throws InterruptedException {
        try (WorkerGroup group = WorkerGroup.builder().signals(Signal.TERM).open();
                Registration raising = Signals.raiseIn(Thread.currentThread(), Signal.INT)) {
            group.thread("worker", () -> {
                try {
                    Talk.hear("end");
                } finally {
                    Talk.say("worker over");
                }
            });
            Talk.say("ready");
            try {
                if (limited) {
                    group.join(LONG);
                } else {
                    group.join();
                }
            } catch (SignalInterrupt e) {
                Talk.say("raised " + e + " " + Thread.interrupted() + " " + group.signal());
            }
            group.join();
            Talk.say("joined");
        }
    }

    /** Pools that have nothing to do have no threads. */
    private static void pools() throws InterruptedException {
        try (WorkerGroup group = WorkerGroup.open()) {
            for (int i = 0; i < 20; i++) {
                WorkerPool pool = group.pool(3);
                for (int task = 0; task < 6; task++) {
                    pool.thread("task", () -> Thread.sleep(1));
                }
                pool.join();
            }
            boolean gone = Talk.until(() -> Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("heliograph-pool")));
            Talk.say("places gone: " + gone);
        }
    }

    /** A signal from the kernel that is no terminal's: the limit of this process's own. */
    private static void limit() throws Exception {
        try (WorkerGroup group =
                WorkerGroup.builder().signals(Signal.of("XCPU")).grace(LONG).open()) {
            ProcessWorker child = group.process("sleep", new ProcessBuilder("sleep", "1000"));
            group.thread("busy", () -> {
                while (true) {
                    WorkerGroup.checkpoint();
                }
            });
            Talk.say("ready");
            try {
                group.join();
            } catch (SignalInterrupt e) {
                Talk.say(e.event().getClass().getSimpleName() + " " + e + " " + child.isAlive());
            }
        }
    }

    /** Bound by its class. */
    public static final class Bound implements SignalWorker {
        @Override
        public void onSignal(SignalEvent event) {}
    }

    private static void bindings() {
        try {
            Bindings.on(Signal.USR1, Bound.class).and(Signal.KILL, Bound.class);
        } catch (IllegalArgumentException e) {
            Talk.say("left " + Signals.dispositions().get(Signal.USR1).registrations());
        }
    }

    /** A child dies of the terminal's INT while this process's own waits in the pipe for an inline worker. */
    private static void held() throws Exception {
        CountDownLatch childIsOver = new CountDownLatch(1);
        try (WorkerGroup group = WorkerGroup.builder().grace(LONG).open();
                Registration slow = Signals.on(
                        Signal.USR1,
                        event -> {
                            Talk.say("held");
                            childIsOver.await();
                            Thread.sleep(1500); // a worker that is slow: whoever waits must not lean on a time
                        },
                        Delivery.inline())) {
            ProcessWorker child = group.process("sleep", new ProcessBuilder("sleep", "1000"));
            Talk.say("pid=" + ProcessHandle.current().pid());
            Talk.say("ready");
            Thread watcher = new Thread(() -> {
                Talk.until(() -> !child.isAlive());
                childIsOver.countDown();
            });
            watcher.start();
            group.join();
        } catch (SignalInterrupt | WorkerFailure e) {
            Talk.say(e + " " + e.getSuppressed().length);
        }
    }

    /** The same signal, sent to the child alone; the threads of this process are busy. */
    private static void alone(boolean closes) throws Exception {
        for (int i = 0; i < 2; i++) {
            Thread busy = new Thread(() -> {
                while (true) {
                    Thread.onSpinWait();
                }
            });
            busy.setDaemon(true);
            busy.start();
        }
        try (WorkerGroup group = WorkerGroup.builder().grace(LONG).open()) {
            ProcessWorker child = group.process("sleep", new ProcessBuilder("sleep", "1000"));
            Signals.send(child.pid(), Signal.INT);
            if (closes) {
                Talk.until(() -> !child.isAlive());
            } else {
                group.join();
            }
        } catch (SignalInterrupt | WorkerFailure e) {
            Talk.say("" + e.getMessage());
        }
    }

    private static void properties() throws Exception {
        System.setProperty("heliograph.test", "handed on");
        System.setProperty("other", "not");
        try (WorkerGroup group = WorkerGroup.open()) {
            group.javaProcess("child", Corners.class, "say-property").join();
            JavaCommand command = JavaCommand.of(Corners.class, "say-property");
            group.javaProcess("child", command.jvmOptions("-Dheliograph.test=its own"));
            group.join();
        }
    }

    /** Again and again a group that cannot be opened, for one of its signals cannot be caught. */
    private static void cannotOpen() {
        for (boolean said = false; ; ) {
            try {
                WorkerGroup.open(Signal.TERM, Signal.USR1, Signal.HUP, Signal.WINCH, Signal.KILL);
            } catch (IllegalArgumentException e) {
                if (!said) {
                    Talk.say("ready");
                    said = true;
                }
            }
        }
    }

    /** A body that lets nothing stop it. */
    private static void deaf() throws InterruptedException {
        try (WorkerGroup group = WorkerGroup.builder()
                .signals(Signal.HUP, Signal.TERM)
                .grace(LONG)
                .open()) {
            group.thread("deaf", () -> {
                while (true) {
                    try {
                        Talk.say("pid=" + ProcessHandle.current().pid());
                        Thread.sleep(LONG.toMillis());
                    } catch (InterruptedException e) {
                        Talk.say("asked");
                    }
                }
            });
            group.join();
        } catch (SignalInterrupt e) {
            Talk.say("" + e);
        }
    }

    /** A signal that comes when the group is over, and that another worker has had as well. */
    private static void shared() throws InterruptedException {
        try (Registration other = Signals.on(Signal.TERM, event -> {})) {
            WorkerGroup group = WorkerGroup.open();
            Signals.raise(Signal.TERM);
            try {
                group.join();
            } catch (SignalInterrupt e) {
                Signals.raise(Signal.TERM);
            }
            boolean over = Talk.until(() -> Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("heliograph-group")));
            Talk.say(over + " " + Signals.ledger().of(Signal.TERM).arrived());
        }
    }

    private static void waits(Signal... signals) throws InterruptedException {
        WorkerGroup group = WorkerGroup.open(signals);
        group.thread("sleeps", () -> Thread.sleep(LONG.toMillis()));
        Talk.say("INT " + Signals.dispositions().get(Signal.INT).kind());
        Talk.say("ready");
        try {
            group.join();
        } catch (SignalInterrupt e) {
            Talk.say("" + e);
        }
        group.exitProcess();
    }
}
