package io.heliograph.agent;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Room for the threads that the JVM starts behind the agent. It does not start without NotificationThread; others are the
 * VM's periodic thread and Common-Cleaner.
 */
final class SpareThreads implements Runnable {
    private static final int COUNT = 3;

    private static final File TASKS = new File("/proc/self/task");

    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final CountDownLatch over = new CountDownLatch(1);

    private SpareThreads() {}

    /**
     * Starts some threads and ends them.
     *
     * @throws OutOfMemoryError as of Thread.start(), if there is no room for them
     */
    static void require() throws InterruptedException {
        SpareThreads spare = new SpareThreads();
        Thread[] threads = new Thread[COUNT];
        try {
            for (int i = 0; i < COUNT; i++) {
                threads[i] = new Thread(null, spare, "heliograph-spare", 0, false);
                threads[i].setDaemon(true);
                threads[i].start();
            }
        } finally {
            spare.over.countDown();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        awaitGone("heliograph-spar"); // the kernel keeps 15 characters
    }

    /** The body of each. */
    @Override
    public void run() {
        try {
            over.await();
        } catch (InterruptedException nobodys) {
            // It ends.
        }
    }

    /**
     * Waits a moment until threads that have ended are gone from the system, too, which Thread.join() does not.
     *
     * @param name how their names begin
     */
    static void awaitGone(String name) {
        long until = System.nanoTime() + MOST_NANOS;
        while (hasTask(name) && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
        }
    }

    private static boolean hasTask(String name) {
        String @Nullable [] tasks = TASKS.list();
        if (tasks != null) {
            for (String task : tasks) {
                // Files would need further descriptors for classes, and there may be none.
                try (FileInputStream comm = new FileInputStream(TASKS + "/" + task + "/comm")) {
                    if (new String(comm.readNBytes(name.length()), StandardCharsets.US_ASCII).equals(name)) {
                        return true;
                    }
                } catch (IOException gone) {
                    // The next one.
                }
            }
        }
        return false;
    }
}
