package io.heliograph.agent.action;

import io.heliograph.internal.text.Printable;
import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Consumer;

/**
 * The platform threads with their locks. To be loaded only if there is a module java.management. It makes no MBean
 * server, for the app may want to make that.
 */
final class ManagedThreads {
    private ManagedThreads() {}

    static void write(Consumer<String> out) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        ThreadInfo[] all = threads.dumpAllThreads(true, true);
        Arrays.sort(all, Comparator.comparingLong(ThreadInfo::getThreadId));
        for (ThreadInfo thread : all) {
            StringBuilder part = new StringBuilder();
            append(part, thread);
            out.accept(part.toString());
        }
        long[] deadlocked = threads.findDeadlockedThreads();
        if (deadlocked != null) {
            out.accept(deadlock(all, deadlocked));
        }
    }

    private static String deadlock(ThreadInfo[] all, long[] deadlocked) {
        StringBuilder part = new StringBuilder("Deadlocked, each waits for the next or for another of them:\n");
        for (ThreadInfo thread : all) {
            if (Arrays.stream(deadlocked).anyMatch(id -> id == thread.getThreadId())) {
                part.append("   ")
                        .append(Printable.quote(thread.getThreadName()))
                        .append(' ');
                appendWait(part, thread);
            }
        }
        return part.append('\n').toString();
    }

    private static void append(StringBuilder part, ThreadInfo thread) {
        ThreadText.appendName(
                part, thread.getThreadName(), thread.getThreadId(), thread.isDaemon(), thread.getPriority());
        part.append("   java.lang.Thread.State: ")
                .append(thread.getThreadState())
                .append(thread.isInNative() ? " (in native)" : "")
                .append(thread.isSuspended() ? " (suspended)" : "")
                .append('\n');
        StackTraceElement[] stack = thread.getStackTrace();
        for (int depth = 0; depth < stack.length; depth++) {
            ThreadText.appendFrame(part, stack[depth]);
            if (depth == 0 && thread.getLockInfo() != null) {
                appendWait(part.append("\t- "), thread);
            }
            for (MonitorInfo monitor : thread.getLockedMonitors()) {
                if (monitor.getLockedStackDepth() == depth) {
                    part.append("\t- locked ").append(name(monitor)).append('\n');
                }
            }
        }
        for (LockInfo lock : thread.getLockedSynchronizers()) {
            part.append("\t- holds ").append(name(lock)).append('\n');
        }
        part.append('\n');
    }

    private static void appendWait(StringBuilder part, ThreadInfo thread) {
        LockInfo lock = thread.getLockInfo();
        part.append("waits for ").append(lock == null ? "nothing any more" : name(lock));
        String owner = thread.getLockOwnerName();
        if (owner != null) {
            part.append(", held by ")
                    .append(Printable.quote(owner))
                    .append(" #")
                    .append(thread.getLockOwnerId());
        }
        part.append('\n');
    }

    /** The number distinguishes two locks of one class. It stays the same from dump to dump. */
    private static String name(LockInfo lock) {
        return "<0x" + Integer.toHexString(lock.getIdentityHashCode()) + "> (a " + Printable.escape(lock.getClassName())
                + ")";
    }
}
