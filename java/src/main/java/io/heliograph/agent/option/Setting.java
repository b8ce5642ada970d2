package io.heliograph.agent.option;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The settings that {@code setting=value} can name. {@link Settings} has their values. */
public enum Setting {
    /** How the dispatcher waits. */
    WAIT(null),
    /** Whether the dispatcher has a short time slice. */
    SLICE(null),
    /** Whether an end in order dies by its signal. */
    DEATH("it says how an end in order ends, and no signal requests one: add TERM=deadline:20s for one"),
    /** The exit status of an end in order. */
    EXIT("it is the status of an end in order, and no signal requests one: add TERM=deadline:20s for one"),
    /** Whether a second request cuts an end in order short. */
    SECOND("it says what a second request does, and no signal requests an end: add TERM=deadline:20s for one"),
    /** Whether the event lines are text or JSON. */
    FORMAT("it says what the lines of log are like, and no signal is logged: add TERM=log for one"),
    /** Whether the event lines show command lines. */
    ARGUMENTS("it says what the lines of log tell, and no signal is logged: add TERM=log for one"),
    /** Where the event lines go. */
    LOG("it says where the lines of log go, and no signal is logged: add TERM=log for one"),
    /** Where the last words of the process go. */
    REPORT(null),
    /** What a service manager hears. */
    SYSTEMD(null),
    /** Whether the MXBean is registered. */
    JMX(null),
    /** Whether the app may not run without the agent. */
    REQUIRED(null),
    /** Whether the agent enters tools of the JDK, too. */
    TOOLS(null);

    private final @Nullable String unused;

    Setting(@Nullable String unused) {
        this.unused = unused;
    }

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

    /** Whether it is looked for before the options are parsed, by {@link StartOptions}. */
    boolean isOfStart() {
        return this == REQUIRED || this == TOOLS;
    }

    /** Whether it says what the last words are like, too. */
    boolean isOfReport() {
        return this == FORMAT || this == ARGUMENTS;
    }

    /** What is wrong with options that have this setting and no action that uses it; empty if it needs no action. */
    Optional<String> unused() {
        return Optional.ofNullable(unused);
    }
}
