package io.heliograph.agent.option;

import io.heliograph.agent.log.FilePattern;
import io.heliograph.agent.log.LogPlace;
import io.heliograph.agent.log.LogSettings;
import io.heliograph.internal.dispatch.SliceMode;
import io.heliograph.internal.dispatch.WaitMode;
import io.heliograph.internal.text.Suggestion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The values of the settings.
 *
 * @param given the settings that the options name, as an operator wrote them
 * @param waitMode how the dispatcher waits; empty if the options do not say
 * @param sliceMode which time slice the dispatcher has; empty if the options do not say
 * @param diesBySignal whether an end in order is by the signal, instead of with status 128 + its number
 * @param exitStatus the status of an end in order; below 0 for 128 + the signal's number
 * @param ignoresSecond whether a second request changes nothing
 * @param log what the event lines are like
 * @param report the file for the last words of the process, as FilePattern knows it; empty if there is none
 * @param systemd what a service manager hears
 * @param hasBean whether the MXBean is registered
 * @param isRequired whether the app may not run without the agent
 */
public record Settings(
        Map<Setting, String> given,
        Optional<WaitMode> waitMode,
        Optional<SliceMode> sliceMode,
        boolean diesBySignal,
        int exitStatus,
        boolean ignoresSecond,
        LogSettings log,
        Optional<String> report,
        SystemdMode systemd,
        boolean hasBean,
        boolean isRequired) {
    /** An exit status has eight bits (exit(3)). */
    private static final int MOST_STATUS = 255;

    public static final Settings NONE = new Parser().finish();

    static final class Parser {
        // An EnumMap would ask reflection for the constants: 5 ms before main on Java 25.
        private final Map<Setting, String> given = new HashMap<>();
        private Optional<WaitMode> wait = Optional.empty();
        private Optional<SliceMode> slice = Optional.empty();
        private boolean diesBySignal;
        private int exitStatus = -1;
        private boolean ignoresSecond;
        private boolean json;
        private boolean arguments = true;
        private String place = LogPlace.STANDARD_ERROR;
        private Optional<String> report = Optional.empty();
        private SystemdMode systemd = SystemdMode.OFF;
        private boolean hasBean;
        private boolean isRequired;

        /**
         * Parses one value.
         *
         * @throws IllegalArgumentException that says what would be right
         */
        void set(Setting setting, String value) {
            switch (setting) {
                case WAIT -> wait = Optional.of(WaitMode.of(value));
                case SLICE -> slice = Optional.of(SliceMode.of(value));
                case DEATH -> diesBySignal = oneOf("signal", "status", setting, value, "is no way to end");
                case EXIT -> exitStatus = exitStatus(value);
                case SECOND ->
                    ignoresSecond = oneOf("ignore", "force", setting, value, "is nothing that a request does");
                case FORMAT -> json = !oneOf("text", "json", setting, value, "is no form of a line");
                case ARGUMENTS -> arguments = isOn(setting, value);
                case LOG -> place = LogPlace.requireRight(value);
                case REPORT -> report = Optional.of(report(value));
                case SYSTEMD -> systemd = SystemdMode.of(value);
                case JMX -> hasBean = isOn(setting, value);
                case REQUIRED -> isRequired = isOn(setting, value);
                case TOOLS -> isOn(setting, value); // it has been looked for
            }
            given.put(setting, value);
        }

        /** Adds the settings of a weaker source that this one does not have, and that it does not exclude. */
        void addFrom(Parser weaker) {
            for (Map.Entry<Setting, String> one : weaker.given.entrySet()) {
                Setting setting = one.getKey();
                boolean isExcluded = (setting == Setting.EXIT && diesBySignal)
                        || (setting == Setting.DEATH && exitStatus >= 0 && weaker.diesBySignal);
                if (!given.containsKey(setting) && !isExcluded) {
                    set(setting, one.getValue());
                }
            }
        }

        private static int exitStatus(String value) {
            if (!value.matches("[0-9]{1,3}") || Integer.parseInt(value) > MOST_STATUS) {
                throw new IllegalArgumentException(
                        "exit=" + value + " is no exit status: write a number from 0 to " + MOST_STATUS);
            }
            return Integer.parseInt(value);
        }

        private static String report(String value) {
            if (value.isEmpty()) {
                throw new IllegalArgumentException("report names no file: write report=PATH");
            }
            return FilePattern.requireRight(value, "last-words.txt");
        }

        private static boolean isOn(Setting setting, String value) {
            return oneOf("on", "off", setting, value, "is neither on nor off");
        }

        /** Returns true for the first value, false for the second. */
        private static boolean oneOf(String first, String second, Setting setting, String value, String wrong) {
            if (value.equals(first) || value.equals(second)) {
                return value.equals(first);
            }
            throw new IllegalArgumentException(setting.optionName() + "=" + value + " " + wrong + ": "
                    + Suggestion.closest(value, List.of(first, second))
                            .map(closest -> "did you mean " + closest + "?")
                            .orElse("use " + first + " or " + second));
        }

        /**
         * The values of all.
         *
         * @throws IllegalArgumentException that says what would be right, if two exclude each other
         */
        Settings finish() {
            if (diesBySignal && exitStatus >= 0) {
                throw new IllegalArgumentException("option \"exit=" + exitStatus
                        + "\": a process that dies by the signal has no exit status: leave out death=signal or this");
            }
            return new Settings(
                    Map.copyOf(given),
                    wait,
                    slice,
                    diesBySignal,
                    exitStatus,
                    ignoresSecond,
                    new LogSettings(json, arguments, place),
                    report,
                    systemd,
                    hasBean,
                    isRequired);
        }
    }
}
