package io.heliograph.programs.raise;

import io.heliograph.internal.raise.RaisingRun;
import io.heliograph.internal.raise.Unbroken;
import io.heliograph.programs.Talk;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Raises exceptions, one in each of many runs of bodies of many kinds, all in one thread, each of which holds a lock and works
 * in its {@code finally}, which is not to be broken off. Says what became of them.
 *
 * <pre>
 *   RaiseLoop platform|virtual RUNS
 * </pre>
 */
public final class RaiseLoop {
    static volatile long sink;

    private static final ReentrantLock HELD_BY_BODY = new ReentrantLock();
    private static final ReentrantLock HELD_BY_MAIN = new ReentrantLock();
    private static final Object MONITOR = new Object();

    private static boolean virtual;
    private static volatile int at;
    private static volatile int over;
    private static volatile @Nullable RaisingRun run;
    private static volatile @Nullable Throwable outcome;
    private static volatile long outside;
    private static volatile long finallies;
    private static volatile int leaving;
    private static volatile int torn;

    private static Socket client;

    private RaiseLoop() {}

    public static void main(String[] args) throws Exception {
        virtual = args[0].equals("virtual");
        int runs = Integer.parseInt(args[1]);
        int raised = 0;
        int interrupted = 0;
        int left = 0;
        List<String> wrong = new ArrayList<>();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket connected = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket accepted = server.accept()) {
            client = connected;
            HELD_BY_MAIN.lock();
            run = new RaisingRun(virtual);
            Thread thread = AnyThread.start(virtual, () -> work(runs));
            for (int i = 1; i <= runs; i++) {
                int number = i;
                Throwable what = new IllegalStateException("raise " + i);
                Talk.until(() -> at == number);
                dally(i);
                boolean begun = run.raise(what);
                if (reads(i)) {
                    accepted.getOutputStream().write(1);
                }
                if (!Talk.until(() -> over == number)) {
                    break;
                }
                if (outcome == what) {
                    raised++;
                } else if (outcome instanceof InterruptedException) {
                    interrupted++;
                } else if (outcome == null && i % 5 == 4) {
                    left++; // one that may end by itself
                } else {
                    wrong.add(number + (begun ? " begun: " : ": ") + outcome);
                }
                run = new RaisingRun(virtual);
                over = 0;
            }
            thread.join(TimeUnit.SECONDS.toMillis(60));
            boolean locksWork = HELD_BY_BODY.tryLock(10, TimeUnit.SECONDS);
            Talk.say("raised=" + raised + " interrupted=" + interrupted + " left=" + left + " outside=" + outside
                    + " finallies=" + finallies + " torn=" + torn + " locks=" + (locksWork ? 1 : 0) + " alive="
                    + (thread.isAlive() ? 1 : 0)
                    + " wrong=" + wrong.size());
            wrong.stream().limit(20).forEach(Talk::say);
        }
    }

    /** Some time, so that the raise meets a body at its beginning, within, and about to end. */
    private static void dally(int number) {
        for (int i = 0; i < number * 7919 % 3000; i++) {
            sink = i;
        }
    }

    private static void work(int runs) {
        for (int i = 1; i <= runs; i++) {
            int number = i;
            try {
                RaisingRun next = run;
                outcome = next.run(() -> body(number));
                tidyUpTorn(number);
                for (int k = 0; k < 300; k++) {
                    sink = k; // where an exception that came late would come
                }
            } catch (Throwable late) {
                countOutside();
            }
            boolean told = false;
            while (!told) {
                try {
                    over = number;
                    Talk.until(() -> over == 0);
                    told = true;
                } catch (Throwable late) {
                    countOutside();
                }
            }
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread
    private static void countOutside() {
        outside++;
    }

    private static @Nullable Object body(int number) throws Exception {
        HELD_BY_BODY.lock();
        try {
            at = number;
            return kind(number).call();
        } finally {
            Unbroken.call(RaiseLoop::tidyUp);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread
    private static @Nullable Object tidyUp() {
        for (int k = 0; k < 100; k++) {
            sink = k;
        }
        finallies++;
        HELD_BY_BODY.unlock();
        return null;
    }

    /** A body that leaves by itself may be raised in between its end and the section in its {@code finally}. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread
    private static void tidyUpTorn(int number) {
        if (leaving == number && HELD_BY_BODY.isHeldByCurrentThread()) {
            torn++;
            HELD_BY_BODY.unlock();
        }
    }

    /** An interrupt would close the socket of a virtual thread for good. */
    private static boolean reads(int number) {
        return number % 50 == 20 && !virtual;
    }

    private static Callable<?> kind(int number) {
        if (number % 50 == 10) {
            return () -> {
                HELD_BY_MAIN.lockInterruptibly();
                return "had the lock";
            };
        }
        if (reads(number)) {
            return () -> spin(client.getInputStream().read());
        }
        return switch (number % 5) {
            case 0 -> () -> spin(0);
            case 1 ->
                () -> {
                    Thread.sleep(100_000);
                    return "slept";
                };
            case 2 ->
                () -> {
                    while (true) {
                        LockSupport.park();
                    }
                };
            case 3 -> () -> number % 2 == 0 ? new FutureTask<>(() -> 1).get() : awaitMonitor();
            default ->
                () -> {
                    for (int k = 0; k < number * 104_729 % 200_000; k++) {
                        sink = k;
                    }
                    leaving = number;
                    return null; // it leaves by itself, at about the time of the raise
                };
        };
    }

    private static Object awaitMonitor() throws InterruptedException {
        synchronized (MONITOR) {
            while (true) {
                MONITOR.wait();
            }
        }
    }

    private static long spin(int got) {
        for (long x = got; ; x++) {
            sink = x;
        }
    }
}
