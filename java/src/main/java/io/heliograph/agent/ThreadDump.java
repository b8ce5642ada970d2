package io.heliograph.agent;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;

/** The text of a thread dump: the platform threads, then the virtual ones where the JVM has them. */
final class ThreadDump {
    private ThreadDump() {}

    static String text() {
        StringBuilder dump = new StringBuilder();
        dump.append("heliograph: thread dump of pid ")
                .append(ProcessHandle.current().pid())
                .append(", ")
                .append(Instant.now())
                .append("\n\n");
        appendPlatformThreads(dump);
        appendVirtualThreads(dump);
        return dump.append("heliograph: end of the thread dump\n").toString();
    }

    /** Makes one, but for the virtual threads, and throws it away. */
    static void rehearse() {
        appendPlatformThreads(new StringBuilder());
        if (Modules.has("jdk.management")) {
            HotSpotDiagnostics.rehearse();
        }
    }

    private static void appendPlatformThreads(StringBuilder dump) {
        if (Modules.has("java.management")) {
            ManagedThreads.append(dump);
        } else {
            appendStacks(dump);
        }
    }

    /** All that java.base alone can say. */
    private static void appendStacks(StringBuilder dump) {
        Thread.getAllStackTraces().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.comparingLong(ThreadDump::id)))
                .forEach(entry -> {
                    Thread thread = entry.getKey();
                    appendName(dump, thread.getName(), id(thread), thread.isDaemon(), thread.getPriority());
                    dump.append("   java.lang.Thread.State: ")
                            .append(thread.getState())
                            .append('\n');
                    for (StackTraceElement frame : entry.getValue()) {
                        appendFrame(dump, frame);
                    }
                    dump.append('\n');
                });
    }

    /** Threads and their names are the app's: a name must not begin a line of its own. */
    static void appendName(StringBuilder dump, String name, long id, boolean daemon, int priority) {
        dump.append(Printable.quote(name))
                .append(" #")
                .append(id)
                .append(daemon ? " daemon" : "")
                .append(" prio=")
                .append(priority)
                .append('\n');
    }

    static void appendFrame(StringBuilder dump, StackTraceElement frame) {
        dump.append("\tat ").append(Printable.escape(frame.toString())).append('\n');
    }

    /** In Java 19 and later threadId(); the old name is deprecated there, and the baseline has no other. */
    @SuppressWarnings("deprecation")
    private static long id(Thread thread) {
        return thread.getId();
    }

    private static void appendVirtualThreads(StringBuilder dump) {
        if (!Modules.has("jdk.management") || !HotSpotDiagnostics.dumpsVirtualThreads()) {
            return;
        }
        try {
            VirtualThreads.append(dump);
        } catch (Exception | OutOfMemoryError failure) {
            dump.append("The virtual threads are missing: ")
                    .append(Failure.line(failure))
                    .append("\n\n");
        }
    }
}
