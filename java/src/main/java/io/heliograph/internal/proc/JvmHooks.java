package io.heliograph.internal.proc;

import io.heliograph.internal.jni.NativeShutdown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JVM's shutdown hooks. The JDK drops its map of them when the exit begins, and no longer changes it then
 * (ApplicationShutdownHooks.runHooks); so this keeps the map.
 */
public final class JvmHooks {
    private static final String HOLDER = "java.lang.ApplicationShutdownHooks";

    private final @Nullable Map<?, ?> hooks = NativeShutdown.hooks() instanceof Map<?, ?> map ? map : null;

    /** The hooks now; null if this JDK has no such map, or if an exit had begun when this object was made. */
    public @Nullable List<Thread> threads() {
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
}
