package io.heliograph.agent.report;

import io.heliograph.agent.systemd.ServiceManager;
import io.heliograph.internal.proc.JvmHooks;
import io.heliograph.internal.proc.LiveThreads;
import java.util.List;
import java.util.Objects;

/** The threads that hold an end up: the shutdown hooks that have not ended, and before the exit the app's own. */
final class ThreadsAtWork {
    private final JvmHooks hooks = new JvmHooks();

    List<Thread> ofApp() {
        return LiveThreads.ofApp();
    }

    List<Thread> inHooks() {
        return Objects.requireNonNullElse(hooks.threads(), List.<Thread>of()).stream()
                .filter(thread -> thread.isAlive() && !isOurs(thread.getName()))
                .toList();
    }

    private static boolean isOurs(String name) {
        return name.equals(ExitNotice.NAME) || name.equals("heliograph-drain") || name.equals(ServiceManager.HOOK);
    }
}
