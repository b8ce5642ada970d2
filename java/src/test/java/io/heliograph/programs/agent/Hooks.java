package io.heliograph.programs.agent;

import io.heliograph.Delivery;
import io.heliograph.Signal;
import io.heliograph.Signals;
import io.heliograph.programs.Talk;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.locks.LockSupport;

/** An app whose shutdown goes wrong in the way that its argument names. It says "ready", and each hook "NAME at work". */
public final class Hooks {
    private static final int WARM_UP = 20_000;

    private static volatile double result;

    private Hooks() {}

    public static void main(String[] args) throws InterruptedException {
        switch (args[0]) {
            case "fine" -> hook("fine", () -> {});
            case "handler" -> {
                hook("fine", () -> {});
                sun.misc.Signal.handle(new sun.misc.Signal("TERM"), signal -> Talk.say("handled"));
            }
            case "hang" -> {
                hook("hanger", Hooks::hang);
                hook("fine", () -> {});
            }
            case "exit" -> hook("exiter", () -> System.exit(3));
            case "halt" -> hook("halter", () -> Runtime.getRuntime().halt(3));
            case "deadlock" -> deadlock();
            case "inline" -> hangInline();
            case "garbage" -> collectGarbage();
            case "stuck" -> stop();
            case "exiting" -> exit();
            case "eater" -> hook("fine", () -> {});
            default -> throw new IllegalArgumentException(args[0]);
        }
        Talk.say("ready");
        if (args[0].equals("stuck")) {
            System.gc();
        }
        if (args[0].equals("eater")) {
            Talk.hear("eat");
            eat();
        }
        Talk.hear("end");
    }

    /** Takes memory until the kernel or the VM refuses, and keeps it. */
    private static void eat() {
        List<byte[]> all = new ArrayList<>();
        for (; ; ) {
            all.add(new byte[1 << 20]);
        }
    }

    private static void hook(String name, Runnable body) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            Talk.say(name + " at work");
                            body.run();
                        },
                        name));
    }

    private static void hang() {
        for (; ; ) {
            LockSupport.park();
        }
    }

    /** The first park loads a class. If there is no memory for that, the hook would end, and the exit would go on. */
    private static void hangWithoutMemory() {
        for (; ; ) {
            try {
                hang();
            } catch (OutOfMemoryError again) {
                // Another thread soon frees its memory.
            }
        }
    }

    private static void deadlock() {
        Object one = new Object();
        Object other = new Object();
        CyclicBarrier both = new CyclicBarrier(2);
        hook("left", () -> lock(one, other, both));
        hook("right", () -> lock(other, one, both));
    }

    private static void lock(Object first, Object second, CyclicBarrier both) {
        synchronized (first) {
            try {
                both.await();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            synchronized (second) {
                Talk.say("no deadlock");
            }
        }
    }

    /** The dispatcher itself hangs, and so does a hook. */
    private static void hangInline() throws InterruptedException {
        Thread[] dispatcher = new Thread[1];
        Signals.on(
                Signal.USR1,
                event -> {
                    synchronized (dispatcher) {
                        dispatcher[0] = Thread.currentThread();
                        dispatcher.notifyAll();
                    }
                    hang();
                },
                Delivery.inline());
        Signals.raise(Signal.USR1);
        synchronized (dispatcher) {
            while (dispatcher[0] == null) {
                dispatcher.wait();
            }
        }
        hook("fine", () -> {});
    }

    /**
     * The heap is full again and again, of what is still in use, and a hook hangs. It says nothing before: there may be no
     * memory for that.
     */
    private static void collectGarbage() {
        Runtime.getRuntime().addShutdownHook(new Thread(Hooks::hangWithoutMemory, "hanger"));
        for (int i = 0; i < 3; i++) {
            Thread thread = new Thread(Hooks::fillTheHeap, "filler");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void fillTheHeap() {
        for (; ; ) {
            try {
                List<byte[]> all = new ArrayList<>();
                for (; ; ) {
                    all.add(new byte[512]);
                }
            } catch (OutOfMemoryError again) {
                // All is let go of, and the next round begins.
            }
        }
    }

    /**
     * No Java runs any more once a collection waits for a thread that is far from its next safepoint. The exit begins one, in
     * case it begins before ours has. To be run without safepoints in counted loops, and with the compiler in the
     * foreground, so that the loop is compiled when it is begun.
     */
    private static void stop() {
        hook("collector", System::gc);
        for (int i = 0; i < WARM_UP; i++) {
            compute(10);
        }
        Thread thread = new Thread(
                () -> {
                    for (; ; ) {
                        compute(Integer.MAX_VALUE);
                    }
                },
                "computing");
        thread.setDaemon(true);
        thread.start();
    }

    private static void compute(int steps) {
        double x = 1;
        for (int i = 0; i < steps; i++) {
            x = Math.sqrt(x + i) / 1.0000001;
        }
        result = x;
    }

    /** Exits of its own, and hangs in it. */
    private static void exit() {
        hook("hanger", Hooks::hang);
        Thread exiting = new Thread(() -> System.exit(3), "exiting");
        exiting.start();
    }
}
