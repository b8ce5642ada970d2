package io.heliograph.agent;

import io.heliograph.internal.proc.Modules;
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
     * @throws IllegalStateException with a message of one line, if something else has its name, or if this JVM has no JMX
     */
    static synchronized void want(boolean wanted) {
        if (wanted && registered == null) {
            if (!Modules.has("java.management")) {
                throw new IllegalStateException(
                        "jmx=on: this JVM runs without the module java.management: leave jmx=on out, or add the module "
                                + "with --add-modules, or to the run-time image with jlink");
            }
            try {
                registered = Management.register();
            } catch (IllegalStateException nameIsTaken) {
                throw new IllegalStateException("jmx=on: " + nameIsTaken.getMessage(), nameIsTaken);
            }
        } else if (!wanted && registered != null) {
            registered.close();
            registered = null;
        }
    }
}
