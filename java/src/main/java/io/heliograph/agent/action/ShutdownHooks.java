package io.heliograph.agent.action;

import io.heliograph.internal.jni.NativeShutdown;
import io.heliograph.internal.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The JVM's shutdown hooks. The JDK drops its map of them when the exit begins, and no longer changes it then
 * (ApplicationShutdownHooks.runHooks); so this keeps the map.
 */
final class ShutdownHooks {
    private static final String UNKNOWN =
            "an exit was under way before, and the JDK does not tell which threads are its hooks";

    private static final String HOLDER = "java.lang.ApplicationShutdownHooks";

    private final @Nullable Map<?, ?> hooks = NativeShutdown.hooks() instanceof Map<?, ?> map ? map : null;

    /** The hooks now; null if the JDK does not tell. */
    private @Nullable List<Thread> threads() {
        if (hooks == null) {
            return null;
        }
        try {
            // The JDK's own lock for its map (the methods of ApplicationShutdownHooks are synchronized).
            synchronized (Class.forName(HOLDER, false, null)) {
                List<Thread> threads = new ArrayList<>();
                hooks.keySet().forEach(hook -> threads.add((Thread) hook));
                return threads;
            }
        } catch (ClassNotFoundException otherJdk) {
            return null;
        }
    }

    /** All hooks, for the last line of a VM that reports no more. */
    String all() {
        List<Thread> all = threads();
        return all == null
                ? UNKNOWN
                : "its shutdown hooks are " + names(all) + ", and the VM does not say which are still at work";
    }

    /** The threads that keep the JVM from ending by itself (Thread.setDaemon). */
    private static List<Thread> appThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.isDaemon() && !thread.getName().equals("DestroyJavaVM"))
                .toList();
    }

    private static String names(List<Thread> threads) {
        return threads.stream().map(thread -> Printable.quote(thread.getName())).collect(Collectors.joining(", "));
    }

    /** The threads that hold the end up, for the last line: hooks, or what has not let the exit begin. */
    String atWork() {
        if (NativeShutdown.hooks() != null) {
            return "no exit has begun, and these threads of the app still run: " + names(appThreads());
        }
        List<Thread> all = threads();
        if (all == null) {
            return UNKNOWN;
        }
        List<Thread> alive = all.stream().filter(Thread::isAlive).toList();
        return alive.isEmpty()
                ? "no thread is at work in a shutdown hook"
                : "still at work in shutdown hooks: " + names(alive);
    }
}
