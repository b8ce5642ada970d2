package io.heliograph.agent.action;

import io.heliograph.internal.proc.Modules;
import io.heliograph.internal.text.Failure;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/** All threads with their stacks. In our form it goes thread by thread, so that a sick JVM writes at least a part. */
final class ThreadDump {
    private ThreadDump() {}

    /**
     * Hands over each part, with line ends.
     *
     * @param whole HotSpot's own dump, which tools parse, and the virtual threads: that takes longer, more memory and a
     *     temporary file; else the platform threads in our form, one by one
     */
    static void write(Consumer<String> out, boolean whole) {
        out.accept("heliograph: thread dump of pid " + ProcessHandle.current().pid() + ", " + Instant.now() + "\n\n");
        if (whole) {
            writeHotSpots(out, () -> DiagnosticCommands.run("Thread.print -l -e"));
            writeVirtualThreads(out);
        } else {
            writePlatformThreads(out);
        }
        out.accept("heliograph: end of the thread dump\n");
    }

    /** A VM that cannot make it, without jdk.management or without memory, has ours in its place. */
    static void writeHotSpots(Consumer<String> out, Callable<String> dump) {
        try {
            out.accept(dump.call());
        } catch (Exception | OutOfMemoryError none) {
            out.accept("HotSpot's own dump is missing: " + Failure.line(none) + "\n\n");
            writePlatformThreads(out);
        }
    }

    /** Makes a dump in our form and drops it, to load the classes. */
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

    /** The dump with java.base alone. */
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

    /** Java 19 deprecates it in favour of threadId(), which 17 lacks. */
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
