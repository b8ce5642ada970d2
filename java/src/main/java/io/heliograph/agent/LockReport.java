package io.heliograph.agent;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The part of {@link ThreadReport} that needs the module {@code java.management}: loaded where it is there. */
final class LockReport {
    private LockReport() {}

    static void write(Consumer<String> out) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        ThreadInfo[] all =
                threads.dumpAllThreads(threads.isObjectMonitorUsageSupported(), threads.isSynchronizerUsageSupported());
        out.accept(ThreadReport.header(all.length));
        for (ThreadInfo thread : all) {
            out.accept(part(thread));
        }
        long[] deadlocked = threads.isSynchronizerUsageSupported()
                ? threads.findDeadlockedThreads()
                : threads.findMonitorDeadlockedThreads();
        if (deadlocked != null) {
            out.accept(deadlock(threads.getThreadInfo(deadlocked)));
        }
    }

    private static String part(ThreadInfo thread) {
        StringBuilder part = new StringBuilder(ThreadReport.title(thread.getThreadName(), thread.isDaemon()))
                .append(" #")
                .append(thread.getThreadId())
                .append(' ')
                .append(thread.getThreadState())
                .append(thread.isInNative() ? ", in native code" : "");
        if (thread.getLockInfo() != null) {
            part.append(", ").append(waiting(thread));
        }
        part.append('\n');
        StackTraceElement[] stack = thread.getStackTrace();
        for (int depth = 0; depth < stack.length; depth++) {
            part.append(ThreadReport.frame(stack[depth]));
            for (MonitorInfo monitor : thread.getLockedMonitors()) {
                if (monitor.getLockedStackDepth() == depth) {
                    part.append("    - locked ").append(lock(monitor)).append('\n');
                }
            }
        }
        for (LockInfo synchronizer : thread.getLockedSynchronizers()) {
            part.append("    - holds ").append(lock(synchronizer)).append('\n');
        }
        return part.toString();
    }

    private static String waiting(ThreadInfo thread) {
        String owner = thread.getLockOwnerName();
        return "waits for " + lock(thread.getLockInfo())
                + (owner == null ? "" : " held by " + Printable.quote(owner) + " #" + thread.getLockOwnerId());
    }

    private static String lock(LockInfo lock) {
        return Printable.escape(lock.toString());
    }

    private static String deadlock(ThreadInfo[] threads) {
        return Arrays.stream(threads)
                .filter(thread -> thread != null && thread.getLockInfo() != null)
                .map(thread -> Printable.quote(thread.getThreadName()) + " " + waiting(thread))
                .collect(Collectors.joining("; ", "heliograph: deadlock: ", "\n"));
    }
}
