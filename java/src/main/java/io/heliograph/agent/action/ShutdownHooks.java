package io.heliograph.agent.action;

import io.heliograph.internal.jni.NativeShutdown;
import io.heliograph.internal.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The JVM's shutdown hooks, as they were when the exit began. */
final class ShutdownHooks {
    /** If the exit began before the signal arrived, the JDK has dropped its list. */
    private static final String UNKNOWN =
            "an exit was under way before, and the JDK does not tell which threads are its hooks";

    private static final String HOLDER = "java.lang.ApplicationShutdownHooks";

    private final List<Thread> threads;
    private final boolean isKnown;

    private ShutdownHooks(List<Thread> threads, boolean isKnown) {
        this.threads = threads;
        this.isKnown = isKnown;
    }

    /** Loads what {@link #now()} needs. */
    static void rehearse() {
        ShutdownHooks hooks = now();
        hooks.all();
        hooks.atWork();
    }

    /** Called just before the exit begins. */
    static ShutdownHooks now() {
        try {
            // The JDK's own lock for its list (the methods of ApplicationShutdownHooks are synchronized).
            synchronized (Class.forName(HOLDER, false, null)) {
                List<Thread> threads = new ArrayList<>();
                Object hooks = NativeShutdown.hooks();
                if (hooks instanceof Map<?, ?> map) {
                    map.keySet().forEach(hook -> threads.add((Thread) hook));
                }
                return new ShutdownHooks(threads, hooks != null);
            }
        } catch (ClassNotFoundException otherJdk) {
            return new ShutdownHooks(List.of(), false);
        }
    }

    /** All hooks, for the last line of a VM that reports no more. */
    String all() {
        return isKnown
                ? "its shutdown hooks are " + names(thread -> true)
                        + ", and the VM does not say which are still at work"
                : UNKNOWN;
    }

    private String names(Predicate<Thread> which) {
        return threads.stream()
                .filter(which)
                .map(thread -> Printable.quote(thread.getName()))
                .collect(Collectors.joining(", "));
    }

    /** The hooks that are still at work, for the last line. */
    String atWork() {
        if (!isKnown) {
            return UNKNOWN;
        }
        String names = names(Thread::isAlive);
        return names.isEmpty()
                ? "no thread is at work in a shutdown hook"
                : "still at work in shutdown hooks: " + names;
    }
}
