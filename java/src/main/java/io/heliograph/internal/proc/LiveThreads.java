package io.heliograph.internal.proc;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The live platform threads of this JVM. It stops none of them, unlike {@link Thread#getAllStackTraces()}. */
public final class LiveThreads {
    private LiveThreads() {}

    /** All, the oldest first: the JDK numbers threads in the order of their start. */
    @SuppressWarnings("deprecation") // threadId() came with 19
    public static List<Thread> all() {
        ThreadGroup top = Thread.currentThread().getThreadGroup();
        while (top.getParent() != null) {
            top = top.getParent();
        }
        Thread[] room = new Thread[top.activeCount() + 64];
        int count = top.enumerate(room); // leaves out silently what does not fit
        while (count == room.length) {
            room = new Thread[2 * room.length];
            count = top.enumerate(room);
        }
        return Arrays.stream(room, 0, count)
                .sorted(Comparator.comparingLong(Thread::getId))
                .toList();
    }

    /** Those that keep the JVM from ending by itself (Thread.setDaemon). */
    public static List<Thread> ofApp() {
        return all().stream()
                .filter(thread -> !thread.isDaemon() && !thread.getName().equals("DestroyJavaVM"))
                .toList();
    }
}
