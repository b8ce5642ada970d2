package io.heliograph.jmh.app;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A busy app: two threads that allocate, take a lock, and change a map. It prints a rate for each window of time, and
 * verifies that no step was lost.
 *
 * <pre>
 *   BusyApp WARM_UP_WINDOWS MEASURED_WINDOWS
 * </pre>
 */
public final class BusyApp {
    private static final int KEYS = 1024;

    private final ConcurrentHashMap<String, Long> map = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private long locked;

    private BusyApp() {}

    public static void main(String[] args) throws InterruptedException {
        new BusyApp().run(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
        Agents.printPresence();
    }

    private void run(int warmUp, int measured) throws InterruptedException {
        BusyThreads threads = new BusyThreads(this::step);
        for (int i = 0; i < warmUp; i++) {
            threads.rate();
        }
        for (int i = 0; i < measured; i++) {
            System.out.println("rate " + threads.rate());
        }
        threads.stop();
        long steps = threads.steps();
        long inMap = map.values().stream().mapToLong(Long::longValue).sum();
        if (inMap != steps || locked != steps) {
            throw new IllegalStateException(
                    steps + " steps, " + inMap + " of them in the map, " + locked + " under the lock");
        }
    }

    private int step(int state) {
        int next = state * 1103515245 + 12345;
        map.merge(Integer.toString((next >>> 8) % KEYS), 1L, Long::sum);
        lock.lock();
        try {
            locked++;
        } finally {
            lock.unlock();
        }
        return next;
    }
}
