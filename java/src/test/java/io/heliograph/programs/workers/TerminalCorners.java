package io.heliograph.programs.workers;

import io.heliograph.Delivery;
import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.SignalInterrupt;
import io.heliograph.Signals;
import io.heliograph.programs.Talk;
import io.heliograph.workers.ProcessWorker;
import io.heliograph.workers.WorkerFailure;
import io.heliograph.workers.WorkerGroup;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Groups whose processes and whose own JVM receive the same Ctrl-C, each in a situation that the first argument names. */
public final class TerminalCorners {
    private TerminalCorners() {}

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "held" -> held();
            case "alone" -> alone(args[1]);
            case "closing" -> closing(args[1].equals("worker"));
            case "starting" -> starting(args[1].equals("pool"));
            default -> throw new IllegalArgumentException(args[0]);
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

    /** It reads the terminal, and so receives the terminal's signals itself. */
    private static ProcessBuilder reader() {
        return new ProcessBuilder("sleep", "1000").redirectInput(ProcessBuilder.Redirect.INHERIT);
    }

    /** A reader dies from the terminal's INT while this process's own waits in the pipe for an inline worker. */
    private static void held() throws Exception {
        AtomicReference<ProcessWorker> child = new AtomicReference<>();
        Thread main = Thread.currentThread();
        try (WorkerGroup group = WorkerGroup.builder().grace(Situation.LONG).open()) {
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
        try (WorkerGroup group = WorkerGroup.builder().grace(Situation.LONG).open()) {
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
        // The group's thread waits for the dispatcher, and so does the thread that closes the group.
        BooleanSupplier isClosing =
                () -> Situation.threads("heliograph-group").allMatch(TerminalCorners::awaitsDispatch)
                        && (byWorker || awaitsDispatch(main));
        WorkerGroup group = WorkerGroup.builder().grace(Situation.LONG).open();
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
            Talk.until(() -> Situation.threads("heliograph-group").findAny().isEmpty());
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
        try (WorkerGroup group = WorkerGroup.builder().grace(Situation.LONG).open();
                Registration slow = hold(() -> isOver.get()
                        || (inPool ? Situation.threads("heliograph-pool") : Stream.of(main))
                                .anyMatch(TerminalCorners::awaitsDispatch))) {
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
}
