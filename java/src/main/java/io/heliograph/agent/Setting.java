package io.heliograph.agent;

import io.heliograph.internal.Suggestion;
import io.heliograph.internal.dispatch.SliceMode;
import io.heliograph.internal.dispatch.WaitMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The settings that there are, as {@code setting=value} names them. */
enum Setting {
    /** How the dispatcher waits. */
    WAIT {
        @Override
        void requireRight(String value) {
            WaitMode.of(value);
        }
    },
    /** Whether the threads that a signal goes through have a short time slice. */
    SLICE {
        @Override
        void requireRight(String value) {
            SliceMode.of(value);
        }
    },
    /** How a process ends that a signal has shut down. */
    DEATH {
        @Override
        void requireRight(String value) {
            if (!DEATHS.contains(value)) {
                throw new IllegalArgumentException("death=" + value + " is no way to end: "
                        + Suggestion.closest(value, DEATHS)
                                .map(closest -> "did you mean " + closest + "?")
                                .orElse("use signal or status"));
            }
        }
    },
    /** Whether the MXBean is registered. */
    JMX {
        @Override
        void requireRight(String value) {
            AgentBean.requireRight(value);
        }
    };

    /** The value of {@link #DEATH} for which the parent sees death by the signal, and not the status 128 + its number. */
    static final String DEATH_BY_SIGNAL = "signal";

    private static final List<String> DEATHS = List.of(DEATH_BY_SIGNAL, "status");

    static List<String> optionNames() {
        List<String> names = new ArrayList<>();
        for (Setting setting : values()) {
            names.add(setting.optionName());
        }
        return names;
    }

    static Optional<Setting> named(String name) {
        for (Setting setting : values()) {
            if (setting.optionName().equals(name)) {
                return Optional.of(setting);
            }
        }
        return Optional.empty();
    }

    String optionName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException that says what would be right, if it cannot have this value */
    abstract void requireRight(String value);
}
