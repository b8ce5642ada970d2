package io.heliograph.agent;

import io.heliograph.internal.Suggestion;
import io.heliograph.management.Management;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The MXBean, where {@code jmx=on} asks for it. Not without being asked: to make the platform's MBean server takes a
 * second's time at worst, and an app may want to set its logging or its server up first.
 */
final class AgentBean {
    private static final List<String> VALUES = List.of("on", "off");

    private static @Nullable Management registered;

    private AgentBean() {}

    /** @throws IllegalArgumentException that says what would be right */
    static void requireRight(String value) {
        if (!VALUES.contains(value)) {
            throw new IllegalArgumentException("jmx=" + value + " is neither on nor off: "
                    + Suggestion.closest(value, VALUES)
                            .map(closest -> "did you mean " + closest + "?")
                            .orElse("use on or off"));
        }
        if (value.equals("on") && !Modules.has("java.management")) {
            throw new IllegalArgumentException(
                    "this run-time image has no module java.management: leave jmx=on out, or add the module");
        }
    }

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
