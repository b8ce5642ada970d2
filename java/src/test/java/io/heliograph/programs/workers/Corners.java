package io.heliograph.programs.workers;

import io.heliograph.Delivery;
import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.SignalInterrupt;
import io.heliograph.SignalWorker;
import io.heliograph.Signals;
import io.heliograph.programs.Talk;
import io.heliograph.workers.Bindings;
import io.heliograph.workers.JavaCommand;
import io.heliograph.workers.ProcessWorker;
import io.heliograph.workers.WorkerGroup;
import io.heliograph.workers.WorkerPool;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** Groups where two things meet, each in a situation that the first argument names. */
public final class Corners {
    private Corners() {}

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "one-arrival" -> oneArrival();
            case "raise-in-join" -> raiseInJoin(args[1].equals("limited"));
            case "pools" -> pools();
            case "limit" -> limit();
            case "bindings" -> bindings();
            case "properties" -> properties();
            case "say-property" ->
                Talk.say("" + System.getProperty("heliograph.test") + " " + System.getProperty("other"));
            case "cannot-open" -> cannotOpen();
            case "waits" -> waits(Stream.of(args).skip(1).map(Signal::of).toArray(Signal[]::new));
            case "shared" -> shared();
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    /**
     * One arrival for a group and one in it: the outer one ends the inner before the inner has its own. Then both wait for a
     * second one.
     */
    private static void oneArrival() throws InterruptedException {
        CountDownLatch innerIsOver = new CountDownLatch(1);
        try (WorkerGroup outer = WorkerGroup.builder().grace(Situation.LONG).open()) {
            CountDownLatch innerIsAsked = new CountDownLatch(1);
            CountDownLatch innerHasItsOwn = new CountDownLatch(1);
            // Between the two groups in the order of registration.
            Registration between = Signals.on(Signal.TERM, event -> innerIsAsked.await(), Delivery.inline());
            outer.thread("outer", () -> {
                try (WorkerGroup inner =
                                WorkerGroup.builder().grace(Situation.LONG).open();
                        Registration after =
                                Signals.on(Signal.TERM, event -> innerHasItsOwn.countDown(), Delivery.inline())) {
                    inner.thread("cleaner", () -> {
                        try {
                            Thread.sleep(Situation.LONG.toMillis());
                        } finally {
                            innerIsAsked.countDown();
                            innerHasItsOwn.await();
                            Situation.awaitNoRepeat(outer);
                            Talk.say("both have it");
                            new CountDownLatch(1).await();
                        }
                    });
                    Talk.say("ready");
                    inner.join();
                } finally {
                    innerIsOver.countDown();
                }
            });
            try {
                outer.join();
            } finally {
                between.close();
            }
        } catch (SignalInterrupt e) {
            innerIsOver.await();
            Talk.say("" + e);
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
                    group.join(Situation.LONG);
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
            boolean gone = Talk.until(
                    () -> Situation.threads("heliograph-pool").findAny().isEmpty());
            Talk.say("places gone: " + gone);
        }
    }

    /**
     * A signal from the kernel that is no terminal's: the limit of this process's own. The kernel repeats it, and the clean-up
     * goes on until it has done so twice.
     */
    private static void limit() throws Exception {
        try (WorkerGroup group = WorkerGroup.builder()
                .signals(Signal.of("XCPU"))
                .grace(Situation.LONG)
                .open()) {
            ProcessWorker child = group.process("sleep", new ProcessBuilder("sleep", "1000"));
            Talk.say("ready");
            Talk.hear("be busy");
            try {
                group.thread("busy", () -> {
                    try {
                        while (true) {
                            WorkerGroup.checkpoint();
                        }
                    } finally {
                        while (Signals.ledger().of(Signal.of("XCPU")).arrived() < 3) {
                            Thread.onSpinWait();
                        }
                        Talk.say("cleaned up");
                    }
                });
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

    /** A signal that comes when the group is over, and that another worker has had as well. */
    private static void shared() throws InterruptedException {
        try (Registration other = Signals.on(Signal.TERM, event -> {})) {
            WorkerGroup group = WorkerGroup.open();
            Signals.raise(Signal.TERM);
            try {
                group.join();
            } catch (SignalInterrupt e) {
                Situation.awaitNoRepeat(group);
                Signals.raise(Signal.TERM);
            }
            boolean over = Talk.until(
                    () -> Situation.threads("heliograph-group").findAny().isEmpty());
            Talk.say(over + " " + Signals.ledger().of(Signal.TERM).arrived());
        }
    }

    private static void waits(Signal... signals) throws InterruptedException {
        WorkerGroup group = WorkerGroup.open(signals);
        group.thread("sleeps", () -> Thread.sleep(Situation.LONG.toMillis()));
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
