package io.heliograph.programs.raise;

import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalInterrupt;
import io.heliograph.Signals;
import io.heliograph.programs.Talk;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;

/**
 * Raises two signals in one thread, which does the same again and again, at the same time, many times, and says what came of
 * them.
 *
 * <pre>
 *   RaisePairs platform|virtual ROUNDS PLACE…
 * </pre>
 */
public final class RaisePairs {
    static volatile long sink;

    private static final Object MONITOR = new Object();
    /** One more than there are exceptions in a round. */
    private static final int DEPTH = 3;

    private static final List<FutureTask<?>> TASKS = new CopyOnWriteArrayList<>();

    private static volatile boolean isOver;
    private static volatile boolean isAtWork;
    private static Callable<?> leaf = () -> null;

    private RaisePairs() {}

    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[1]);
        for (int i = 2; i < args.length; i++) {
            leaf = leaf(args[i]);
            int whole = 0;
            String rest = "";
            for (int round = 0; round < rounds; round++) {
                String got = round(args[0].equals("virtual"));
                if (got.equals("INT TERM")) {
                    whole++;
                } else {
                    rest += ", round " + round + ": " + got;
                }
            }
            Talk.say(args[i] + ": " + whole + rest);
        }
        Runtime.getRuntime().halt(0); // where it went wrong the thread has not ended
    }

    private static String round(boolean virtual) throws Exception {
        TASKS.clear();
        isOver = false;
        isAtWork = false;
        Thread thread = AnyThread.start(virtual, () -> level(0));
        try (Registration first = Signals.raiseIn(thread, Signal.INT);
                Registration second = Signals.raiseIn(thread, Signal.TERM)) {
            Talk.until(() -> isAtWork);
            Signals.raise(first.signal());
            Signals.raise(second.signal());
            if (!Talk.until(() -> raised().size() >= 2)) {
                tellWhere(thread);
            }
        }
        isOver = true;
        LockSupport.unpark(thread);
        thread.interrupt();
        thread.join();
        return String.join(" ", raised().stream().sorted().toList());
    }

    /** What came, and where the thread is that waits for the other one. */
    private static void tellWhere(Thread thread) {
        for (FutureTask<?> task : TASKS) {
            try {
                if (task.isDone()) {
                    task.get();
                }
            } catch (ExecutionException | InterruptedException e) {
                e.printStackTrace(System.err);
            }
        }
        Throwable now = new IllegalStateException("it is " + thread.getState() + " here:");
        now.setStackTrace(thread.getStackTrace());
        now.printStackTrace();
    }

    private static List<String> raised() {
        return TASKS.stream()
                .map(RaisePairs::name)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static String name(FutureTask<?> task) {
        try {
            if (task.isDone()) {
                task.get();
            }
            return "";
        } catch (ExecutionException e) {
            return e.getCause() instanceof SignalInterrupt raised
                    ? raised.event().signal().name()
                    : isOver ? "" : e.getCause().toString();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * What is thrown anywhere in here is kept by a task, whose own code is the JDK's and not broken off; also what comes
     * while another is handled.
     */
    private static void level(int depth) {
        FutureTask<?> task = new FutureTask<>(
                depth == DEPTH
                        ? leaf
                        : () -> {
                            while (!isOver) {
                                level(depth + 1);
                            }
                            return null;
                        });
        TASKS.add(task);
        task.run();
    }

    private static Callable<?> leaf(String place) {
        return switch (place) {
            case "busy" ->
                () -> {
                    isAtWork = true;
                    while (!isOver) {
                        sink++;
                    }
                    return null;
                };
            case "sleep" ->
                () -> {
                    isAtWork = true;
                    Thread.sleep(100_000);
                    return null;
                };
            case "wait" ->
                () -> {
                    isAtWork = true;
                    synchronized (MONITOR) {
                        MONITOR.wait();
                    }
                    return null;
                };
            case "park" ->
                () -> {
                    isAtWork = true;
                    while (!isOver) {
                        LockSupport.park();
                    }
                    return null;
                };
            default -> throw new IllegalArgumentException(place);
        };
    }
}
