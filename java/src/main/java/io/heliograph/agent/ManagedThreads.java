package io.heliograph.agent;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The platform threads with the locks that they hold and wait for. To be touched only where the module java.management is.
 * It makes no MBeanServer, which is the app's to make.
 */
final class ManagedThreads {
    private ManagedThreads() {}

    static void append(StringBuilder dump) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        ThreadInfo[] all = threads.dumpAllThreads(true, true);
        Arrays.stream(all)
                .sorted(Comparator.comparingLong(ThreadInfo::getThreadId))
                .forEach(thread -> append(dump, thread));
        long[] deadlocked = threads.findDeadlockedThreads();
        if (deadlocked != null) {
            dump.append("Deadlocked, each waits for the next or for another of them:\n");
            Arrays.stream(all)
                    .filter(thread -> Arrays.stream(deadlocked).anyMatch(id -> id == thread.getThreadId()))
                    .forEach(thread -> appendWait(
                            dump.append("   ")
                                    .append(Printable.quote(thread.getThreadName()))
                                    .append(' '),
                            thread));
            dump.append('\n');
        }
    }

    private static void append(StringBuilder dump, ThreadInfo thread) {
        ThreadDump.appendName(
                dump, thread.getThreadName(), thread.getThreadId(), thread.isDaemon(), thread.getPriority());
        dump.append("   java.lang.Thread.State: ")
                .append(thread.getThreadState())
                .append(thread.isInNative() ? " (in native)" : "")
                .append(thread.isSuspended() ? " (suspended)" : "")
                .append('\n');
        StackTraceElement[] stack = thread.getStackTrace();
        for (int depth = 0; depth < stack.length; depth++) {
            ThreadDump.appendFrame(dump, stack[depth]);
            if (depth == 0 && thread.getLockInfo() != null) {
                appendWait(dump.append("\t- "), thread);
            }
            for (MonitorInfo monitor : thread.getLockedMonitors()) {
                if (monitor.getLockedStackDepth() == depth) {
                    dump.append("\t- locked ").append(name(monitor)).append('\n');
                }
            }
        }
        for (LockInfo lock : thread.getLockedSynchronizers()) {
            dump.append("\t- holds ").append(name(lock)).append('\n');
        }
        dump.append('\n');
    }

    private static void appendWait(StringBuilder dump, ThreadInfo thread) {
        LockInfo lock = thread.getLockInfo();
        dump.append("waits for ").append(lock == null ? "nothing any more" : name(lock));
        String owner = thread.getLockOwnerName();
        if (owner != null) {
            dump.append(", held by ")
                    .append(Printable.quote(owner))
                    .append(" #")
                    .append(thread.getLockOwnerId());
        }
        dump.append('\n');
    }

    /** Two of one class are told apart by the number, which is the same throughout a dump and from dump to dump. */
    private static String name(LockInfo lock) {
        return "<0x" + Integer.toHexString(lock.getIdentityHashCode()) + "> (a " + Printable.escape(lock.getClassName())
                + ")";
    }
}
