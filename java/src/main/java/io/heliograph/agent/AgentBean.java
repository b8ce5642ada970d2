package io.heliograph.agent;

import io.heliograph.management.Management;
import org.jspecify.annotations.Nullable;

/**
 * The MXBean of {@code jmx=on}. It is off by default: making the platform's MBean server may take a second, and an app
 * may have to set up its logging or its own server first.
 */
final class AgentBean {
    private static @Nullable Management registered;

    private AgentBean() {}

    /**
     * Registers or removes the bean if needed.
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
