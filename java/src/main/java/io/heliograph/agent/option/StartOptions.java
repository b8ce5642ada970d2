package io.heliograph.agent.option;

import org.jspecify.annotations.Nullable;

/**
 * What a start asks of the options before it parses them. Parsing needs classes that a start without the agent should not
 * wait for.
 */
public final class StartOptions {
    /** The environment variable with options beneath those of the command line. */
    public static final String VARIABLE = "HELIOGRAPH_OPTIONS";

    static final String OFF = "off";

    /** The setting that has the agent enter a tool of the JDK. */
    public static final String TOOLS = "tools";

    /** The setting that makes a start without the agent an error. */
    public static final String REQUIRED = "required";

    private StartOptions() {}

    /** The variable's value, without white space around it; empty if there is none. */
    public static String ofEnvironment() {
        String value = System.getenv(VARIABLE);
        return value == null ? "" : value.strip();
    }

    /** Whether the environment keeps the agent out. */
    public static boolean isOff(String environment) {
        return environment.equals(OFF);
    }

    /**
     * Whether a setting is on. This does not parse: it looks for {@code name=on} between commas. What the command line says
     * wins.
     */
    public static boolean isOn(String name, @Nullable String commandLine, String environment) {
        return has(commandLine, name + "=on") || (has(environment, name + "=on") && !has(commandLine, name + "=off"));
    }

    private static boolean has(@Nullable String options, String option) {
        return options != null && ("," + options + ",").contains("," + option + ",");
    }
}
