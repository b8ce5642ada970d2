package io.heliograph.agent;

import io.heliograph.management.Management;
import org.jspecify.annotations.Nullable;

/**
 * The MXBean, where {@code jmx=on} asks for it. Not without being asked: to make the platform's MBean server takes a
 * second's time at worst, and an app may want to set its logging or its server up first.
 */
final class AgentBean {
    private static @Nullable Management registered;

    private AgentBean() {}

    /**
     * Registers it, or takes it away, where that is not so already.
     *
     * @throws IllegalArgumentException if something else has its name
     */
    static synchronized void want(boolean wanted) {
        if (wanted && registered == null) {
            try {
                registered = Management.register();
            } catch (IllegalStateException nameIsTaken) {
                throw new IllegalArgumentException("jmx=on: " + nameIsTaken.getMessage(), nameIsTaken);
            }
        } else if (!wanted && registered != null) {
            registered.close();
            registered = null;
        }
    }
}
