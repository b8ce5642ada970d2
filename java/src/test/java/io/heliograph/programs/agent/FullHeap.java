package io.heliograph.programs.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Has 300 threads with one long name, whose dump in HotSpot's form is a text of some 800 KB, and a heap that is full but for
 * 500 KB. It says "ready", then for one character of its standard input "full", and for the next one "free", when the heap
 * has room again.
 */
public final class FullHeap {
    private static @Nullable Object[] kept;
    private static byte @Nullable [] reserve = new byte[500_000];

    private FullHeap() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        CountDownLatch started = new CountDownLatch(300);
        String name = "x".repeat(1900); // HotSpot cuts at 2000
        for (int i = 0; i < 300; i++) {
            Thread thread = new Thread(
                    () -> {
                        started.countDown();
                        while (true) {
                            LockSupport.park();
                        }
                    },
                    name);
            thread.setDaemon(true);
            thread.start();
        }
        started.await();
        System.out.println("ready");
        if (System.in.read() < 0) {
            return;
        }
        byte[] full = "full\n".getBytes(StandardCharsets.US_ASCII);
        fill();
        reserve = null;
        System.out.write(full);
        System.out.flush();
        while (System.in.read() >= 0) {
            kept = null;
            System.out.println("free");
        }
    }

    /** With ever smaller pieces, until there is room for none. */
    private static void fill() {
        for (int size : new int[] {100_000, 1000, 10, 1}) {
            try {
                while (true) {
                    Object[] next = new Object[size];
                    next[0] = kept;
                    kept = next;
                }
            } catch (OutOfMemoryError full) {
                // The next smaller size.
            }
        }
    }
}
