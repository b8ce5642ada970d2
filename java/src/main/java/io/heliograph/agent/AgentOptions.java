package io.heliograph.agent;

import io.heliograph.Signal;
import io.heliograph.internal.Printable;
import io.heliograph.internal.Suggestion;
import io.heliograph.internal.dispatch.JvmSignals;
import io.heliograph.internal.dispatch.SliceMode;
import io.heliograph.internal.dispatch.WaitMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The agent's options.
 *
 * <pre>
 *   options = "off" | option *("," option)
 *   option  = SIGNAL "=" action *("+" action) | setting "=" value | "config=" path
 *   action  = name [":" argument]
 * </pre>
 *
 * <p>A backslash takes the special meaning from the character behind it, so that an argument can hold a comma, a plus or a
 * backslash. Without a binding, {@link #DEFAULT_SIGNALS} are logged. A configuration file has one option a line; there a
 * comma means nothing.
 *
 * @param bindings the signals and what they are bound to, in the order given
 * @param settings those that were given, each with a right value
 * @param off whether the agent is to let go of everything; then there is nothing else
 */
record AgentOptions(List<Binding> bindings, Map<Setting, String> settings, boolean off) {
    private static final String OFF = "off";
    private static final String CONFIG = "config";
    private static final List<Signal> DEFAULT_SIGNALS =
            List.of(Signal.HUP, Signal.INT, Signal.QUIT, Signal.TERM, Signal.USR1, Signal.USR2);

    /**
     * Reads the options.
     *
     * @throws IllegalArgumentException with a message of one line that names the option and what would be right
     */
    static AgentOptions parse(String text) {
        if (text.equals(OFF)) {
            return new AgentOptions(List.of(), Map.of(), true);
        }
        Parser parser = new Parser();
        if (!text.isEmpty()) {
            for (String option : OptionText.split(text, ',')) {
                parser.option(option);
            }
        }
        return parser.finish();
    }

    /** How the dispatcher is to wait, where it was said. */
    Optional<WaitMode> waitMode() {
        String said = settings.isEmpty() ? null : settings.get(Setting.WAIT);
        return said == null ? Optional.empty() : Optional.of(WaitMode.of(said));
    }

    /** Which time slice the threads that a signal goes through have, where it was said. */
    Optional<SliceMode> sliceMode() {
        String said = settings.isEmpty() ? null : settings.get(Setting.SLICE);
        return said == null ? Optional.empty() : Optional.of(SliceMode.of(said));
    }

    /** Whether the MXBean is to be registered. */
    boolean wantsBean() {
        return !settings.isEmpty() && "on".equals(settings.get(Setting.JMX));
    }

    /** Whether an event can have a line. */
    boolean logs() {
        for (Binding binding : bindings) {
            if (binding.logs()) {
                return true;
            }
        }
        return false;
    }

    LogSettings logSettings() {
        return LogSettings.of(settings);
    }

    /** As an operator would write them, in one harmless line. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (Binding binding : bindings) {
            text.append(text.length() == 0 ? "" : ", ").append(binding.optionText());
        }
        for (Setting setting : Setting.values()) {
            if (settings.containsKey(setting)) {
                text.append(", ").append(setting.optionName()).append('=').append(settings.get(setting));
            }
        }
        return Printable.line(text.toString());
    }

    private static final class Parser {
        private final List<Binding> bindings = new ArrayList<>();
        private final Map<Setting, String> settings = new HashMap<>();
        private final Set<String> seen = new HashSet<>();

        /** One of the options beside the agent. */
        void option(String option) {
            try {
                if (option.isEmpty()) {
                    throw new IllegalArgumentException("nothing stands there: leave the comma out");
                }
                if (key(option).equals(CONFIG)) {
                    once(CONFIG, "put all into one file");
                    ConfigFile.of(OptionText.unescape(value(option))).forEachLine(this::line);
                } else {
                    read(key(option), value(option));
                }
            } catch (ConfigFile.WrongLine inFile) {
                throw inFile; // which names file and line, as is right there
            } catch (IllegalArgumentException wrong) {
                throw wrong(option, wrong);
            }
        }

        /** One of the options in a configuration file. */
        private void line(String option) {
            try {
                if (key(option).equals(CONFIG)) {
                    throw new IllegalArgumentException("a configuration file names no other: put its lines here");
                }
                read(key(option), value(option));
            } catch (IllegalArgumentException wrong) {
                throw wrong(option, wrong);
            }
        }

        private static IllegalArgumentException wrong(String option, IllegalArgumentException why) {
            return new IllegalArgumentException(
                    "option " + Printable.quote(option) + ": " + Printable.line(String.valueOf(why.getMessage())), why);
        }

        private static String key(String option) {
            if (option.equals(OFF)) {
                throw new IllegalArgumentException("off stands alone: leave the other options out");
            }
            int equals = option.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(
                        "write SIGNAL=action, TERM=log for one, or setting=value, wait=block for one");
            }
            return option.substring(0, equals);
        }

        private static String value(String option) {
            return option.substring(option.indexOf('=') + 1);
        }

        private void read(String key, String value) {
            Optional<Setting> setting = Setting.named(key);
            if (setting.isPresent()) {
                once(key, "give it once");
                String plain = OptionText.unescape(value);
                setting.get().requireRight(plain);
                settings.put(setting.get(), plain);
                return;
            }
            Signal signal = signal(key);
            JvmSignals.requireCatchable(signal);
            once(signal.name(), "give it once, with its actions joined by + (" + signal + "=log+ignore)");
            List<Action> actions = actions(value);
            for (Action action : actions) {
                action.requireFit(signal);
            }
            bindings.add(new Binding(signal, actions));
        }

        private void once(String key, String howTo) {
            if (!seen.add(key)) {
                throw new IllegalArgumentException(key + " was given before: " + howTo);
            }
        }

        private static Signal signal(String key) {
            String word = key.toLowerCase(Locale.ROOT);
            List<String> names = new ArrayList<>(Setting.optionNames());
            names.add(CONFIG);
            boolean looksLikeSetting = names.contains(word) || (key.equals(word) && !key.matches("[0-9]+"));
            Optional<String> setting = looksLikeSetting ? Suggestion.closest(word, names) : Optional.empty();
            if (setting.isPresent()) {
                throw new IllegalArgumentException(key + " is no setting: did you mean " + setting.get() + "?");
            }
            return Signal.of(key);
        }

        private static List<Action> actions(String value) {
            List<Action> actions = new ArrayList<>();
            for (String part : OptionText.split(value, '+')) {
                Action action = ActionKind.parse(OptionText.unescape(part));
                for (Action other : actions) {
                    if (other.optionText().equals(action.optionText())) {
                        throw new IllegalArgumentException(action.optionText() + " is there twice: give it once");
                    }
                    if (disposes(action) && disposes(other)) {
                        throw new IllegalArgumentException(other.optionText() + " and " + action.optionText()
                                + " exclude each other: keep one of them");
                    }
                }
                actions.add(action);
            }
            return List.copyOf(actions);
        }

        private static boolean disposes(Action action) {
            return action.effect() == Action.Effect.DISPOSES;
        }

        AgentOptions finish() {
            if (bindings.isEmpty()) {
                List<Action> log = List.of(new LogAction());
                for (Signal signal : DEFAULT_SIGNALS) {
                    bindings.add(new Binding(signal, log));
                }
            }
            if (settings.isEmpty()) {
                return new AgentOptions(List.copyOf(bindings), Map.of(), false);
            }
            requireShutdownForDeath();
            requireLogFor(Setting.FORMAT, "what the lines of log are like");
            requireLogFor(Setting.ARGUMENTS, "what the lines of log tell");
            requireLogFor(Setting.LOG, "where the lines of log go");
            List<Binding> settled = new ArrayList<>();
            for (Binding binding : bindings) {
                settled.add(settled(binding));
            }
            return new AgentOptions(List.copyOf(settled), Map.copyOf(settings), false);
        }

        private Binding settled(Binding binding) {
            List<Action> actions = new ArrayList<>();
            for (Action action : binding.actions()) {
                actions.add(action.settled(settings));
            }
            return new Binding(binding.signal(), List.copyOf(actions));
        }

        private void requireLogFor(Setting setting, String what) {
            String value = settings.get(setting);
            if (value == null) {
                return;
            }
            for (Binding binding : bindings) {
                if (binding.logs()) {
                    return;
                }
            }
            throw new IllegalArgumentException("option " + Printable.quote(setting.optionName() + "=" + value)
                    + ": it says " + what + ", and no signal is logged: add TERM=log for one");
        }

        /** Whoever asks for it alone expects something that would not come. */
        private void requireShutdownForDeath() {
            String death = settings.get(Setting.DEATH);
            if (death != null
                    && bindings.stream()
                            .flatMap(binding -> binding.actions().stream())
                            .noneMatch(ShutdownAction.class::isInstance)) {
                throw new IllegalArgumentException(
                        "option \"death=" + death + "\": it says how a shutdown ends, and no "
                                + "signal begins one: add TERM=shutdown:20s for one");
            }
        }
    }
}
