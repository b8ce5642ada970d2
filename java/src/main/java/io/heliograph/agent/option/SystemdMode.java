package io.heliograph.agent.option;

import io.heliograph.internal.text.Suggestion;

/** What a service manager hears ({@code systemd=on}). */
public enum SystemdMode {
    OFF,
    /** All, and that the service is ready as the app's main begins. */
    ON,
    /** All but the readiness at the start, which the app itself reports. */
    APP;

    /**
     * The mode of a name as in {@code systemd=on}.
     *
     * @throws IllegalArgumentException with a message that says what would be right
     */
    static SystemdMode of(String name) {
        return Suggestion.valueNamed(values(), name, "systemd=" + name + " is nothing that systemd hears");
    }
}
