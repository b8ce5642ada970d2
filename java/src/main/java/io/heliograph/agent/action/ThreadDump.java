package io.heliograph.agent.action;

import io.heliograph.internal.proc.Modules;
import io.heliograph.internal.text.Failure;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Consumer;

/**
 * All threads with their stacks. It is written thread by thread, so that where the JVM is sick, what could be made is there,
 * and the rest is missing.
 */
final class ThreadDump {
    private ThreadDump() {}

    static String text() {
        StringBuilder dump = new StringBuilder();
        write(dump::append, true);
        return dump.toString();
    }

    /**
     * Hands each part to where it is to go, with line ends.
     *
     * @param virtual whether the virtual threads are to follow, which take longer, and a file for the time being
     */
    static void write(Consumer<String> out, boolean virtual) {
        out.accept("heliograph: thread dump of pid " + ProcessHandle.current().pid() + ", " + Instant.now() + "\n\n");
        writePlatformThreads(out);
        if (virtual) {
            writeVirtualThreads(out);
        }
        out.accept("heliograph: end of the thread dump\n");
    }

    /** Makes one, but for the virtual threads, and throws it away, so that the classes are there when they are needed. */
    static void rehearse() {
        write(text -> {}, false);
        if (Modules.has("jdk.management")) {
            HotSpotDiagnostics.rehearse();
        }
    }

    private static void writePlatformThreads(Consumer<String> out) {
        if (Modules.has("java.management")) {
            ManagedThreads.write(out);
        } else {
            writeStacks(out);
        }
    }

    /** All that java.base alone can say. */
    private static void writeStacks(Consumer<String> out) {
        Thread.getAllStackTraces().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.comparingLong(ThreadDump::id)))
                .forEach(entry -> {
                    Thread thread = entry.getKey();
                    StringBuilder part = new StringBuilder();
                    ThreadText.appendName(part, thread.getName(), id(thread), thread.isDaemon(), thread.getPriority());
                    part.append("   java.lang.Thread.State: ")
                            .append(thread.getState())
                            .append('\n');
                    for (StackTraceElement frame : entry.getValue()) {
                        ThreadText.appendFrame(part, frame);
                    }
                    out.accept(part.append('\n').toString());
                });
    }

    /** In Java 19 and later threadId(); the old name is deprecated there, and the baseline has no other. */
    @SuppressWarnings("deprecation")
    private static long id(Thread thread) {
        return thread.getId();
    }

    private static void writeVirtualThreads(Consumer<String> out) {
        if (!Modules.has("jdk.management") || !HotSpotDiagnostics.dumpsVirtualThreads()) {
            return;
        }
        try {
            VirtualThreadDump.write(out);
        } catch (Exception | OutOfMemoryError failure) {
            out.accept("The virtual threads are missing: " + Failure.line(failure) + "\n\n");
        }
    }
}
