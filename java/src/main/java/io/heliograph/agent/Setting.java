package io.heliograph.agent;

import io.heliograph.internal.dispatch.WaitMode;
import java.util.Arrays;
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
    };

    static List<String> optionNames() {
        return Arrays.stream(values()).map(Setting::optionName).toList();
    }

    static Optional<Setting> named(String name) {
        return Arrays.stream(values())
                .filter(setting -> setting.optionName().equals(name))
                .findFirst();
    }

    String optionName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException that says what would be right, if it cannot have this value */
    abstract void requireRight(String value);
}
