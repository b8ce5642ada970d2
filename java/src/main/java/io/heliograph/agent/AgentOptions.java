package io.heliograph.agent;

import io.heliograph.Signal;
import io.heliograph.internal.Suggestion;
import io.heliograph.internal.dispatch.JvmSignals;
import io.heliograph.internal.dispatch.WaitMode;
import java.util.ArrayList;
import java.util.EnumMap;
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
 *   options = option *("," option)
 *   option  = SIGNAL "=" action *("+" action) | setting "=" value
 *   action  = name [":" argument]
 * </pre>
 *
 * <p>A backslash takes the special meaning from the character behind it, so that an argument can hold a comma, a plus or a
 * backslash. Without a binding, {@link #DEFAULT_SIGNALS} are logged.
 *
 * @param bindings the signals and what they are bound to, in the order given
 * @param settings those that were given, each with a right value
 */
record AgentOptions(List<Binding> bindings, Map<Setting, String> settings) {
    private static final List<Signal> DEFAULT_SIGNALS =
            List.of(Signal.HUP, Signal.INT, Signal.QUIT, Signal.TERM, Signal.USR1, Signal.USR2);

    /**
     * Reads the options.
     *
     * @throws IllegalArgumentException with a message of one line that names the option and what would be right
     */
    static AgentOptions parse(String text) {
        Parser parser = new Parser();
        if (!text.isEmpty()) {
            OptionText.split(text, ',').forEach(parser::option);
        }
        return parser.finish();
    }

    /** How the dispatcher is to wait, where it was said. */
    Optional<WaitMode> waitMode() {
        return Optional.ofNullable(settings.get(Setting.WAIT)).map(WaitMode::of);
    }

    private static final class Parser {
        private final List<Binding> bindings = new ArrayList<>();
        private final Map<Setting, String> settings = new EnumMap<>(Setting.class);
        private final Set<String> seen = new HashSet<>();

        void option(String option) {
            try {
                if (option.isEmpty()) {
                    throw new IllegalArgumentException("nothing stands there: leave the comma out");
                }
                int equals = option.indexOf('=');
                if (equals < 1) {
                    throw new IllegalArgumentException(
                            "write SIGNAL=action, TERM=log for one, or setting=value, wait=block for one");
                }
                read(option.substring(0, equals), option.substring(equals + 1));
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException(
                        "option " + Printable.quote(option) + ": "
                                + Printable.escape(String.valueOf(wrong.getMessage())),
                        wrong);
            }
        }

        private void read(String key, String value) {
            Optional<Setting> setting = Setting.named(key);
            if (setting.isPresent()) {
                once(key, "give it once");
                setting.get().requireRight(value);
                settings.put(setting.get(), value);
                return;
            }
            Signal signal = signal(key);
            JvmSignals.requireCatchable(signal);
            once(signal.name(), "give it once, with its actions joined by + (" + signal + "=log+ignore)");
            List<Action> actions = actions(value);
            actions.forEach(action -> action.requireFit(signal));
            bindings.add(new Binding(signal, actions));
        }

        private void once(String key, String howTo) {
            if (!seen.add(key)) {
                throw new IllegalArgumentException(key + " was given before: " + howTo);
            }
        }

        private static Signal signal(String key) {
            String word = key.toLowerCase(Locale.ROOT);
            List<String> names = Setting.optionNames();
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
                if (actions.contains(action)) {
                    throw new IllegalArgumentException(action.optionText() + " is there twice: give it once");
                }
                actions.stream()
                        .filter(other -> disposes(action) && disposes(other))
                        .findFirst()
                        .ifPresent(other -> {
                            throw new IllegalArgumentException(other.optionText() + " and " + action.optionText()
                                    + " exclude each other: keep one of them");
                        });
                actions.add(action);
            }
            return List.copyOf(actions);
        }

        private static boolean disposes(Action action) {
            return action.effect() == Action.Effect.DISPOSES;
        }

        AgentOptions finish() {
            if (bindings.isEmpty()) {
                DEFAULT_SIGNALS.forEach(signal -> bindings.add(new Binding(signal, List.of(new LogAction()))));
            }
            requireShutdownForDeath();
            return new AgentOptions(bindings.stream().map(this::settled).toList(), Map.copyOf(settings));
        }

        private Binding settled(Binding binding) {
            return new Binding(
                    binding.signal(),
                    binding.actions().stream()
                            .map(action -> action.settled(settings))
                            .toList());
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
