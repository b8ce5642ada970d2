package io.heliograph.bench;

import com.sun.management.ThreadMXBean;
import io.heliograph.Delivery;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.Signals;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Measures the way from raise to worker, by the same native call for each contender, and prints the median in nanoseconds;
 * for Heliograph also the bytes allocated and the threads started for one event.
 *
 * <pre>
 *   RaiseToWorker heliograph|sun.misc WARM_UP MEASURED
 * </pre>
 */
public final class RaiseToWorker {
    /** Kept, so that no compiler finds that an event need not be made. */
    static volatile @Nullable SignalEvent latest;

    private static volatile long handledAt;
    private static volatile long handled;

    private RaiseToWorker() {}

    public static void main(String[] args) {
        int warmUp = Integer.parseInt(args[1]);
        int measured = Integer.parseInt(args[2]);
        if (args[0].equals("sun.misc")) {
            sun.misc.Signal.handle(new sun.misc.Signal("USR1"), signal -> note());
        } else {
            Signals.on(
                    Signal.USR1,
                    event -> {
                        latest = event;
                        note();
                    },
                    Delivery.inline());
        }
        measure(warmUp);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long dispatcher = dispatcherId();
        long bytesBefore = threads.getThreadAllocatedBytes(dispatcher);
        long threadsBefore = threads.getTotalStartedThreadCount();
        long median = measure(measured);
        long bytes = threads.getThreadAllocatedBytes(dispatcher) - bytesBefore;
        long started = threads.getTotalStartedThreadCount() - threadsBefore;
        System.out.printf("%d %.1f %.3f%n", median, (double) bytes / measured, (double) started / measured);
        System.exit(0);
    }

    /** The worker; one at a time, since the next is raised when this is seen. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private static void note() {
        handledAt = System.nanoTime();
        handled++;
    }

    private static long measure(int count) {
        long[] nanos = new long[count];
        long first = handled;
        for (int i = 0; i < count; i++) {
            long before = System.nanoTime();
            Signals.raise(Signal.USR1);
            while (handled != first + i + 1) {
                Thread.onSpinWait();
            }
            nanos[i] = handledAt - before;
        }
        Arrays.sort(nanos);
        return nanos[count / 2];
    }

    private static long dispatcherId() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("heliograph-dispatcher"))
                .mapToLong(Thread::getId)
                .findFirst()
                .orElse(Thread.currentThread().getId());
    }
}
