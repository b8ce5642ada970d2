package io.heliograph.agent.action;

import io.heliograph.internal.jni.NativeShutdown;
import io.heliograph.internal.proc.JvmHooks;
import io.heliograph.internal.proc.LiveThreads;
import io.heliograph.internal.text.Printable;
import java.util.List;
import java.util.stream.Collectors;

/** What the last line says of the JVM's shutdown hooks. */
final class ShutdownHooks {
    private static final String UNKNOWN =
            "an exit was under way before, and the JDK does not tell which threads are its hooks";

    private final JvmHooks hooks = new JvmHooks();

    /** All hooks, for the last line of a VM that reports no more. */
    String all() {
        List<Thread> all = hooks.threads();
        return all == null
                ? UNKNOWN
                : "its shutdown hooks are " + names(all) + ", and the VM does not say which are still at work";
    }

    private static String names(List<Thread> threads) {
        return threads.stream().map(thread -> Printable.quote(thread.getName())).collect(Collectors.joining(", "));
    }

    /** The threads that hold the end up, for the last line: hooks, or what has not let the exit begin. */
    String atWork() {
        if (NativeShutdown.hooks() != null) {
            return "no exit has begun, and these threads of the app still run: " + names(LiveThreads.ofApp());
        }
        List<Thread> all = hooks.threads();
        if (all == null) {
            return UNKNOWN;
        }
        List<Thread> alive = all.stream().filter(Thread::isAlive).toList();
        return alive.isEmpty()
                ? "no thread is at work in a shutdown hook"
                : "still at work in shutdown hooks: " + names(alive);
    }
}
