package io.heliograph.agent;

import java.util.Map;
import java.util.function.Consumer;

/**
 * All platform threads with their stacks; where the image has {@code java.management}, with their locks and deadlocks
 * too. It is written thread by thread, so that what could be made is there where the rest could not.
 */
final class ThreadReport {
    private ThreadReport() {}

    /** Makes a report and throws it away, so that the classes are there when they are needed. */
    static void rehearse() {
        write(text -> {});
    }

    /** Hands each thread's part to where it is to go, with line ends. */
    static void write(Consumer<String> out) {
        try {
            LockReport.write(out);
        } catch (LinkageError noManagement) {
            writeStacks(out);
        }
    }

    private static void writeStacks(Consumer<String> out) {
        Map<Thread, StackTraceElement[]> all = Thread.getAllStackTraces();
        out.accept(header(all.size()));
        for (Map.Entry<Thread, StackTraceElement[]> each : all.entrySet()) {
            Thread thread = each.getKey();
            StringBuilder part = new StringBuilder(title(thread.getName(), thread.isDaemon()))
                    .append(' ')
                    .append(thread.getState())
                    .append('\n');
            for (StackTraceElement frame : each.getValue()) {
                part.append(frame(frame));
            }
            out.accept(part.toString());
        }
    }

    static String header(int threads) {
        return "heliograph: thread dump, " + threads + " threads\n";
    }

    static String title(String name, boolean isDaemon) {
        return Printable.quote(name) + (isDaemon ? " daemon" : "");
    }

    static String frame(StackTraceElement frame) {
        return "    at " + Printable.escape(frame.toString()) + "\n";
    }
}
