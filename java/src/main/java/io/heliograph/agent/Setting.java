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
            requireOneOf(value, "is no way to end", DEATH_BY_SIGNAL, "status");
        }
    },
    /** Whether the lines of events are text or JSON. */
    FORMAT {
        @Override
        void requireRight(String value) {
            requireOneOf(value, "is no form of a line", "text", FORMAT_JSON);
        }
    },
    /** Whether the lines of events have command lines. */
    ARGUMENTS {
        @Override
        void requireRight(String value) {
            requireOneOf(value, "is neither on nor off", "on", OFF);
        }
    },
    /** Where the lines of events go. */
    LOG {
        @Override
        void requireRight(String value) {
            LogPlace.requireRight(value);
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

    /** The value of {@link #FORMAT} for which lines are JSON objects. */
    static final String FORMAT_JSON = "json";

    static final String OFF = "off";

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

    final void requireOneOf(String value, String what, String one, String other) {
        if (!value.equals(one) && !value.equals(other)) {
            String meant = Suggestion.closest(value, List.of(one, other)).orElse(null);
            throw new IllegalArgumentException(optionName() + "=" + value + " " + what + ": "
                    + (meant == null ? "use " + one + " or " + other : "did you mean " + meant + "?"));
        }
    }

    /** @throws IllegalArgumentException that says what would be right, if it cannot have this value */
    abstract void requireRight(String value);
}
