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
import io.heliograph.workers.WorkerFailure;
import io.heliograph.workers.WorkerGroup;
import io.heliograph.workers.WorkerPool;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
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
            case "alone" -> alone(args[1]);
            case "closing" -> closing(args[1].equals("worker"));
            case "starting" -> starting(args[1].equals("pool"));
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
            boolean gone = Talk.until(() -> threads("heliograph-pool").findAny().isEmpty());
            Talk.say("places gone: " + gone);
        }
    }

    /** A signal from the kernel that is no terminal's: the limit of this process's own. */
    private static void limit() throws Exception {
        try (WorkerGroup group =
                WorkerGroup.builder().signals(Signal.of("XCPU")).grace(LONG).open()) {
            ProcessWorker child = group.process("sleep", new ProcessBuilder("sleep", "1000"));
            Talk.say("ready");
            Talk.hear("be busy");
            try {
                group.thread("busy", () -> {
                    while (true) {
                        WorkerGroup.checkpoint();
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

    /** A worker that holds the dispatcher from now on until it is so. */
    private static Registration hold(BooleanSupplier until) {
        CountDownLatch holds = new CountDownLatch(1);
        Registration slow = Signals.on(
                Signal.USR1,
                event -> {
                    holds.countDown();
                    Talk.until(until);
                },
                Delivery.inline());
        Signals.raise(Signal.USR1);
        Talk.until(() -> holds.getCount() == 0);
        return slow;
    }

    /** Whether it waits until all that has arrived is dispatched. */
    private static boolean awaitsDispatch(Thread thread) {
        return Stream.of(thread.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("awaitDispatched"));
    }

    private static Stream<Thread> threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name));
    }

    /** It reads the terminal, and so receives the terminal's signals itself. */
    private static ProcessBuilder reader() {
        return new ProcessBuilder("sleep", "1000").redirectInput(ProcessBuilder.Redirect.INHERIT);
    }

    /** A reader dies from the terminal's INT while this process's own waits in the pipe for an inline worker. */
    private static void held() throws Exception {
        AtomicReference<ProcessWorker> child = new AtomicReference<>();
        Thread main = Thread.currentThread();
        try (WorkerGroup group = WorkerGroup.builder().grace(LONG).open()) {
            child.set(group.process("sleep", reader()));
            try (Registration slow = hold(() -> !child.get().isAlive() && awaitsDispatch(main))) {
                Talk.say("ready");
                group.join();
            }
        } catch (SignalInterrupt | WorkerFailure e) {
            Talk.say(e + " " + e.getSuppressed().length + " " + child.get().failure());
        }
    }

    /** The same signal, sent to the child alone; the threads of this process are busy. */
    private static void alone(String waitsBy) throws Exception {
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
            switch (waitsBy) {
                case "group" -> group.join();
                case "worker" -> {
                    child.join();
                    Talk.say("known: " + child.failure().isPresent());
                }
                default -> Talk.until(() -> !child.isAlive());
            }
        } catch (SignalInterrupt | WorkerFailure e) {
            Talk.say("" + e.getMessage());
        }
    }

    /**
     * A group is closed while the terminal's INT, from which a reader has died, is still on its way to this process: it is held
     * up in the pipe.
     */
    private static void closing(boolean byWorker) throws Exception {
        AtomicReference<ProcessWorker> child = new AtomicReference<>();
        Thread main = Thread.currentThread();
        // The group's own thread has come as far as it can, and so has whoever waits for it.
        BooleanSupplier isClosing = () ->
                threads("heliograph-group").allMatch(Corners::awaitsDispatch) && (byWorker || awaitsDispatch(main));
        WorkerGroup group = WorkerGroup.builder().grace(LONG).open();
        child.set(group.process("sleep", reader()));
        Registration slow = hold(() -> {
            boolean reached = Talk.until(isClosing);
            Talk.say(reached + ", the group's: "
                    + Signals.dispositions().get(Signal.INT).registrations());
            return true;
        });
        Talk.say("ready");
        Talk.until(() -> !child.get().isAlive());
        try {
            if (byWorker) {
                group.thread("closer", group::close);
            } else {
                group.close();
            }
            Talk.until(() -> threads("heliograph-group").findAny().isEmpty());
        } catch (SignalInterrupt | WorkerFailure e) {
            Talk.say(e + " " + e.getSuppressed().length);
        }
        slow.close();
        Talk.say(group.signal().map(SignalEvent::signal) + " " + child.get().failure());
    }

    /** The supervisor dies of the terminal's INT before it has run the program, while this process's own is held up. */
    private static void starting(boolean inPool) throws InterruptedException {
        Thread main = Thread.currentThread();
        AtomicBoolean isOver = new AtomicBoolean();
        try (WorkerGroup group = WorkerGroup.builder().grace(LONG).open();
                Registration slow = hold(() -> isOver.get()
                        || (inPool ? threads("heliograph-pool") : Stream.of(main)).anyMatch(Corners::awaitsDispatch))) {
            ProcessBuilder never = new ProcessBuilder("true").inheritIO();
            try {
                if (inPool) {
                    group.pool(1).process("never", never);
                } else {
                    group.process("never", never);
                }
                group.join();
            } finally {
                isOver.set(true);
            }
        } catch (SignalInterrupt | WorkerFailure | IOException e) {
            Talk.say(
                    e + " " + Stream.of(e.getSuppressed()).map(Object::getClass).toList());
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
                Signals.raise(Signal.TERM);
            }
            boolean over =
                    Talk.until(() -> threads("heliograph-group").findAny().isEmpty());
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
