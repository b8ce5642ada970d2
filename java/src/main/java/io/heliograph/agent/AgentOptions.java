package io.heliograph.agent;

import io.heliograph.Signal;
import io.heliograph.internal.Suggestion;
import io.heliograph.internal.dispatch.JvmSignals;
import io.heliograph.internal.dispatch.WaitMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
 * @param waitMode how the dispatcher waits, where it was said
 */
record AgentOptions(List<Binding> bindings, Optional<WaitMode> waitMode) {
    private static final List<Signal> DEFAULT_SIGNALS =
            List.of(Signal.HUP, Signal.INT, Signal.QUIT, Signal.TERM, Signal.USR1, Signal.USR2);
    private static final List<String> SETTINGS = List.of("wait");

    /** One signal and its actions, in order. */
    record Binding(Signal signal, List<Action> actions) {}

    /**
     * Reads the options.
     *
     * @throws IllegalArgumentException with a message of one line that names the option and what would be right
     */
    static AgentOptions parse(String text) {
        Parser parser = new Parser();
        if (!text.isEmpty()) {
            split(text, ',').forEach(parser::option);
        }
        return parser.finish();
    }

    /** Cuts at each separator that no backslash stands before; the backslashes stay. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                part.append(c).append(text.charAt(++i));
            } else if (c == separator) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    private static String unescape(String text) {
        return text.replaceAll("\\\\(.)", "$1");
    }

    private static final class Parser {
        private final List<Binding> bindings = new ArrayList<>();
        private final Set<String> seen = new HashSet<>();
        private @Nullable WaitMode waitMode;

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
            if (SETTINGS.contains(key)) {
                once(key, "give it once");
                waitMode = WaitMode.of(value);
                return;
            }
            Signal signal = signal(key);
            JvmSignals.requireCatchable(signal);
            once(signal.name(), "give it once, with its actions joined by + (" + signal + "=log+ignore)");
            bindings.add(new Binding(signal, actions(value)));
        }

        private void once(String key, String howTo) {
            if (!seen.add(key)) {
                throw new IllegalArgumentException(key + " was given before: " + howTo);
            }
        }

        private static Signal signal(String key) {
            String word = key.toLowerCase(Locale.ROOT);
            boolean looksLikeSetting = SETTINGS.contains(word) || (key.equals(word) && !key.matches("[0-9]+"));
            Optional<String> setting = looksLikeSetting ? Suggestion.closest(word, SETTINGS) : Optional.empty();
            if (setting.isPresent()) {
                throw new IllegalArgumentException(key + " is no setting: did you mean " + setting.get() + "?");
            }
            return Signal.of(key);
        }

        private static List<Action> actions(String value) {
            List<Action> actions = new ArrayList<>();
            for (String part : split(value, '+')) {
                Action action = Action.parse(unescape(part));
                if (actions.contains(action)) {
                    throw new IllegalArgumentException(action.optionName() + " is there twice: give it once");
                }
                if (action.isDisposition() && actions.stream().anyMatch(Action::isDisposition)) {
                    throw new IllegalArgumentException("ignore and default exclude each other: keep one of them");
                }
                actions.add(action);
            }
            return List.copyOf(actions);
        }

        AgentOptions finish() {
            if (bindings.isEmpty()) {
                DEFAULT_SIGNALS.forEach(signal -> bindings.add(new Binding(signal, List.of(Action.LOG))));
            }
            return new AgentOptions(List.copyOf(bindings), Optional.ofNullable(waitMode));
        }
    }
}
