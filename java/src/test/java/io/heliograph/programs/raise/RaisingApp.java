package io.heliograph.programs.raise;

import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalInterrupt;
import io.heliograph.Signals;
import io.heliograph.internal.raise.RaisingRun;
import io.heliograph.programs.Talk;
import io.heliograph.workers.Interruption;
import io.heliograph.workers.WorkerGroup;
import java.util.concurrent.CountDownLatch;

/** Has exceptions raised in its main thread, in the way that its argument names, and says what came of it. */
public final class RaisingApp {
    private static volatile boolean go;

    private static volatile long sink;

    private RaisingApp() {}

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "busy" -> busy();
            case "signals" -> signals();
            case "closed" -> closed();
            case "ended" -> ended();
            case "refused" -> refused();
            case "unused" -> unused();
            case "gone" -> gone();
            case "refusedOften" -> refusedOften();
            case "sick" -> sick();
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    /** Knows nothing of signals. */
    private static void busy() {
        sayAtWork("ready");
        try {
            spin();
        } finally {
            Talk.say("finally");
        }
    }

    /** By another thread, when the loop that comes next goes round: what is then raised comes within it. */
    private static void sayAtWork(String line) {
        sink = 0;
        AnyThread.start(false, () -> {
            Talk.until(() -> sink > 0);
            Talk.say(line);
        });
    }

    private static void spin() {
        for (long i = 0; ; i++) {
            sink = i;
        }
    }

    private static void signals() {
        try (Registration registration = Signals.raiseIn(Thread.currentThread(), Signal.INT);
                Registration other = Signals.raiseIn(Thread.currentThread(), Signal.realTime(3))) {
            for (int i = 0; i < 3; i++) {
                sayAtWork("ready " + registration.signal() + " " + other.signal());
                try {
                    spin();
                } catch (SignalInterrupt raised) {
                    Talk.say(raised.getClass().getSimpleName() + " "
                            + raised.event().signal() + " in " + raised.getStackTrace()[0].getMethodName());
                }
            }
        }
        Talk.say("closed");
    }

    private static void closed() {
        Registration registration = Signals.raiseIn(Thread.currentThread(), Signal.INT);
        try (Registration catches = Signals.on(Signal.INT, event -> go = true)) {
            registration.close();
            registration.close();
            Signals.raise(Signal.INT);
            Talk.say("seen " + Talk.until(() -> go) + " by " + catches.signal());
            Probe.probe();
        }
        Talk.say("nothing raised");
    }

    /** The signal is given back: whoever has it too sees it again. */
    private static void ended() throws InterruptedException {
        Thread thread = new Thread(() -> {});
        CountDownLatch twice = new CountDownLatch(2);
        try (Registration beneath = Signals.on(Signal.INT, event -> twice.countDown());
                Registration above = Signals.raiseIn(thread, beneath.signal())) {
            thread.start();
            thread.join();
            Signals.raise(above.signal());
            Talk.say("given back " + Talk.until(() -> twice.getCount() == 0));
        }
        Probe.probe();
        Talk.say("nothing raised");
    }

    /** A target whose own class fails does not keep another from its turn. */
    private static void sick() {
        Thread sick = new Thread() {
            @Override
            public State getState() {
                throw new IllegalStateException("sick");
            }
        };
        try (Registration first = Signals.raiseIn(sick, Signal.USR1)) {
            Signals.raise(first.signal());
            Talk.until(() -> Signals.ledger().of(Signal.USR1).dispatched() == 1);
            Probe.probe();
        }
    }

    private static void refusedOften() {
        Talk.say("ready");
        Talk.hear("go");
        for (int i = 0; i < 1000; i++) {
            try {
                new RaisingRun(false);
            } catch (UnsupportedOperationException refused) {
                sink++;
            }
        }
        Talk.say("refused " + sink);
        Talk.hear("end");
    }

    private static void refused() {
        try {
            new RaisingRun(false);
            Talk.say("not refused");
        } catch (UnsupportedOperationException refused) {
            Talk.say(refused.getMessage());
        }
        Talk.say("raiser " + hasRaiser());
    }

    /** All else that there is to do with signals and workers. */
    private static void unused() throws InterruptedException {
        CountDownLatch seen = new CountDownLatch(1);
        try (Registration caught = Signals.on(Signal.USR1, event -> seen.countDown());
                WorkerGroup group = WorkerGroup.open()) {
            Signals.raise(caught.signal());
            seen.await();
            group.thread("worker", WorkerGroup::checkpoint);
            group.thread("section", () -> WorkerGroup.unbroken(() -> {}));
            group.join();
        }
        Talk.say("raiser " + hasRaiser());
        try (WorkerGroup group =
                WorkerGroup.builder().interruption(Interruption.RAISE).open()) {
            Talk.say("raiser " + hasRaiser() + " " + group.signal().isPresent());
        }
    }

    private static boolean hasRaiser() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("heliograph-raise"));
    }

    /** The main thread ends, and another lives on. */
    private static void gone() {
        Thread main = Thread.currentThread();
        new Thread(() -> {
                    Talk.until(() -> !main.isAlive());
                    Talk.say("ready");
                    Talk.hear("end");
                })
                .start();
    }
}
