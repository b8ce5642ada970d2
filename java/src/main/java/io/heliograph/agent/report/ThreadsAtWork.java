package io.heliograph.agent.report;

import io.heliograph.internal.jni.NativeShutdown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The threads that hold an end up: the shutdown hooks that have not ended, and before the exit the app's own. The JDK forgets its map of hooks when the exit begins
 * (ApplicationShutdownHooks.runHooks), but it does not empty the map, so this takes hold of it beforehand.
 */
final class ThreadsAtWork {
    /** Null if this JDK has none, or if an exit has begun. */
    private final @Nullable Map<?, ?> hooks = NativeShutdown.hooks() instanceof Map<?, ?> map ? map : null;

    /** The threads that keep the JVM from ending by itself (Thread.setDaemon). */
    List<Thread> ofApp() {
        List<Thread> threads = new ArrayList<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!thread.isDaemon() && !thread.getName().equals("DestroyJavaVM")) {
                threads.add(thread);
            }
        }
        return threads;
    }

    /** The hooks at work. To be called only after the exit has begun: from then on nobody changes the map. */
    List<Thread> inHooks() {
        List<Thread> threads = new ArrayList<>();
        Map<?, ?> its = hooks;
        if (its != null) {
            for (Object hook : its.keySet()) {
                if (hook instanceof Thread thread && thread.isAlive() && !isOurs(thread.getName())) {
                    threads.add(thread);
                }
            }
        }
        return threads;
    }

    private static boolean isOurs(String name) {
        return name.equals(ExitNotice.NAME) || name.equals("heliograph-drain");
    }
}
