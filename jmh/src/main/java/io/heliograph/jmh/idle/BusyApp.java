package io.heliograph.jmh.idle;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A busy app: two threads that allocate, take locks, and change maps. Says how many steps they made in each window of time, as
 * a rate a second, then how many in all; and checks that none of them got lost.
 *
 * <pre>
 *   BusyApp WARM_UP_WINDOWS MEASURED_WINDOWS
 * </pre>
 */
public final class BusyApp {
    private static final int THREADS = 2;
    private static final int KEYS = 1024;
    private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ConcurrentHashMap<Integer, Long> map = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicLongArray steps = new AtomicLongArray(THREADS * 16);
    private final CountDownLatch ended = new CountDownLatch(THREADS);
    private long locked;
    private volatile boolean stopping;
    /** So that what is allocated is used. */
    private volatile int length;

    private BusyApp() {}

    public static void main(String[] args) throws InterruptedException {
        new BusyApp().run(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
        Agents.say();
    }

    private void run(int warmUp, int measured) throws InterruptedException {
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            new Thread(() -> work(number), "busy-" + i).start();
        }
        List<Long> rates = new ArrayList<>();
        for (int i = 0; i < warmUp + measured; i++) {
            long rate = rate();
            if (i >= warmUp) {
                rates.add(rate);
            }
        }
        stopping = true;
        ended.await();
        rates.forEach(rate -> System.out.println("rate " + rate));
        verify();
    }

    private long rate() throws InterruptedException {
        long begin = System.nanoTime();
        long before = made();
        Thread.sleep(TimeUnit.NANOSECONDS.toMillis(WINDOW_NANOS));
        long after = made();
        return (after - before) * TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - begin);
    }

    private long made() {
        long made = 0;
        for (int i = 0; i < THREADS; i++) {
            made += steps.get(i * 16);
        }
        return made;
    }

    private void work(int number) {
        int state = number + 1;
        long mine = 0;
        while (!stopping) {
            state = state * 1103515245 + 12345;
            int key = (state >>> 8) % KEYS;
            map.merge(key, 1L, Long::sum);
            length = (key + ":" + mine).length();
            lock.lock();
            try {
                locked++;
            } finally {
                lock.unlock();
            }
            steps.set(number * 16, ++mine);
        }
        ended.countDown();
    }

    private void verify() {
        long inMap = map.values().stream().mapToLong(Long::longValue).sum();
        if (inMap != made() || locked != made() || length == 0) {
            throw new IllegalStateException(
                    made() + " steps were made, " + inMap + " are in the map, " + locked + " took the lock");
        }
        System.out.println("steps " + made());
    }
}
