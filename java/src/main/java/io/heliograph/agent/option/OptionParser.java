package io.heliograph.agent.option;

import io.heliograph.Signal;
import io.heliograph.internal.dispatch.JvmSignals;
import io.heliograph.internal.text.Printable;
import io.heliograph.internal.text.Suggestion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Parses options one by one, and checks at the end that they fit together. */
public final class OptionParser {
    private static final String CONFIG = "config";
    private static final List<String> DEFAULT_SIGNALS = List.of("HUP", "INT", "QUIT", "TERM", "USR1", "USR2");

    private final Function<String, Action> actionParser;
    private final boolean hasLibrary;

    /** By the signal's name. */
    private final Map<String, List<Action>> bindings = new LinkedHashMap<>();

    private final Settings.Parser settings = new Settings.Parser();
    private final Set<String> seen = new HashSet<>();

    /** Settings that the environment alone gives. What it says for all apps may have no use in this one. */
    private final Set<Setting> ofEnvironment = new HashSet<>(); // no EnumSet, as in Settings

    private OptionParser(Function<String, Action> actionParser, boolean hasLibrary) {
        this.actionParser = actionParser;
        this.hasLibrary = hasLibrary;
    }

    /** Parses all options; none stand in the environment. See {@link #parse(String, String, Function)}. */
    public static AgentOptions parse(String text, Function<String, Action> actions) {
        return parse(text, "", actions);
    }

    /**
     * Parses all options. Those of the command line win, signal by signal and setting by setting.
     *
     * @param environment the options of {@link StartOptions#VARIABLE}
     * @param actions parses an action: {@code name} or {@code name:argument}
     * @throws IllegalArgumentException with a message of one line that names the option and what would be right
     */
    public static AgentOptions parse(String text, String environment, Function<String, Action> actions) {
        if (text.equals(StartOptions.OFF)) {
            return new AgentOptions(List.of(), Settings.NONE, true);
        }
        return read(text, environment, actions, true).finish();
    }

    /**
     * Checks all options without the native library. What depends on the system is not checked: whether it has a
     * real-time signal, and whether a JVM can take the signal.
     *
     * @throws IllegalArgumentException as {@link #parse(String, String, Function)}
     */
    public static void check(String text, String environment, Function<String, Action> actions) {
        if (!text.equals(StartOptions.OFF)) {
            read(text, environment, actions, false).settings();
        }
    }

    private static OptionParser read(
            String text, String environment, Function<String, Action> actions, boolean hasLibrary) {
        OptionParser parser = new OptionParser(actions, hasLibrary);
        parser.options(text);
        if (!environment.isEmpty()) {
            parser.addEnvironment(environment);
        }
        return parser;
    }

    private void options(String text) {
        if (!text.isEmpty()) {
            for (String option : OptionText.split(text, ',')) {
                option(option);
            }
        }
    }

    private void addEnvironment(String environment) {
        OptionParser weaker = new OptionParser(actionParser, hasLibrary);
        try {
            weaker.options(environment);
            weaker.settings.finish(); // refuses two that exclude each other
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(StartOptions.VARIABLE + ": " + wrong.getMessage(), wrong);
        }
        for (Map.Entry<String, List<Action>> bound : weaker.bindings.entrySet()) {
            bindings.putIfAbsent(bound.getKey(), bound.getValue());
        }
        for (Setting setting : Setting.values()) {
            if (weaker.seen.contains(setting.optionName()) && !seen.contains(setting.optionName())) {
                ofEnvironment.add(setting);
            }
        }
        settings.addFrom(weaker.settings);
    }

    /** Parses an option of the command line. */
    private void option(String option) {
        try {
            if (option.isEmpty()) {
                throw new IllegalArgumentException("nothing stands there: leave the comma out");
            }
            if (key(option).equals(CONFIG)) {
                once(CONFIG, "put all into one file");
                ConfigFile.of(OptionText.unescape(value(option))).forEachLine(this::line);
            } else {
                set(key(option), value(option));
            }
        } catch (ConfigFile.WrongLine inFile) {
            throw inFile; // its message names file and line
        } catch (IllegalArgumentException wrong) {
            throw wrong(option, wrong);
        }
    }

    /** Parses an option of a configuration file. */
    private void line(String option) {
        try {
            if (key(option).equals(CONFIG)) {
                throw new IllegalArgumentException("a configuration file names no other: put its lines here");
            }
            if (Setting.named(key(option)).filter(Setting::isOfStart).isPresent()) {
                throw new IllegalArgumentException(key(option)
                        + " is read before any file: write it beside config, or in " + StartOptions.VARIABLE);
            }
            set(key(option), value(option));
        } catch (IllegalArgumentException wrong) {
            throw wrong(option, wrong);
        }
    }

    private static IllegalArgumentException wrong(String option, IllegalArgumentException why) {
        return new IllegalArgumentException(
                "option " + Printable.quote(option) + ": " + Printable.line(String.valueOf(why.getMessage())), why);
    }

    private static String key(String option) {
        if (option.equals(StartOptions.OFF)) {
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

    private void set(String key, String value) {
        Optional<Setting> setting = Setting.named(key);
        if (setting.isPresent()) {
            once(key, "give it once");
            settings.set(setting.get(), OptionText.unescape(value));
            return;
        }
        requireNoSetting(key);
        String name = hasLibrary ? catchable(key).name() : SignalName.require(key);
        once(name, "give it once, with its actions joined by + (" + name + "=log+ignore)");
        List<Action> actions = actions(value);
        if (hasLibrary) {
            for (Action action : actions) {
                action.requireFit(Signal.of(name));
            }
        }
        bindings.put(name, actions);
    }

    private static Signal catchable(String key) {
        Signal signal = Signal.of(key);
        JvmSignals.requireCatchable(signal);
        return signal;
    }

    private void once(String key, String howTo) {
        if (!seen.add(key)) {
            throw new IllegalArgumentException(key + " was given before: " + howTo);
        }
    }

    private static void requireNoSetting(String key) {
        String word = key.toLowerCase(Locale.ROOT);
        List<String> names = Setting.optionNames();
        names.add(CONFIG);
        boolean looksLikeSetting = names.contains(word) || (key.equals(word) && !key.matches("[0-9]+"));
        Optional<String> setting = looksLikeSetting ? Suggestion.closest(word, names) : Optional.empty();
        if (setting.isPresent()) {
            throw new IllegalArgumentException(key + " is no setting: did you mean " + setting.get() + "?");
        }
    }

    private List<Action> actions(String value) {
        List<Action> actions = new ArrayList<>();
        for (String part : OptionText.split(value, '+')) {
            Action action = actionParser.apply(OptionText.unescape(part));
            for (Action other : actions) {
                if (!action.isRepeatable() && other.optionText().equals(action.optionText())) {
                    throw new IllegalArgumentException(action.optionText() + " is there twice: give it once");
                }
                if (disposes(action) && disposes(other)) {
                    throw new IllegalArgumentException(other.optionText() + " and " + action.optionText()
                            + " exclude each other: keep one of them");
                }
            }
            actions.add(action.behind(List.copyOf(actions)));
        }
        for (int i = 0; i < actions.size(); i++) {
            actions.get(i).requirePlace(actions.subList(i + 1, actions.size()));
        }
        return List.copyOf(actions);
    }

    private static boolean disposes(Action action) {
        return action.effect() == Action.Effect.DISPOSES;
    }

    private AgentOptions finish() {
        Settings all = settings();
        List<SignalActions> settled = new ArrayList<>();
        for (Map.Entry<String, List<Action>> bound : bindings.entrySet()) {
            settled.add(new SignalActions(Signal.of(bound.getKey()), settled(bound.getValue(), all)));
        }
        return new AgentOptions(List.copyOf(settled), all, false);
    }

    /** The settings, if they fit the actions. */
    private Settings settings() {
        if (bindings.isEmpty()) {
            List<Action> log = List.of(actionParser.apply("log"));
            for (String signal : DEFAULT_SIGNALS) {
                bindings.put(signal, log);
            }
        }
        Settings all = settings.finish();
        for (Setting setting : Setting.values()) {
            if (all.given().containsKey(setting) && !ofEnvironment.contains(setting)) {
                requireUse(setting, String.valueOf(all.given().get(setting)), all);
            }
        }
        return all;
    }

    /** A setting without an action that uses it would do nothing, which its author does not expect. */
    private void requireUse(Setting setting, String value, Settings all) {
        boolean isUsed = all.report().isPresent() && setting.isOfReport();
        for (List<Action> actions : bindings.values()) {
            for (Action action : actions) {
                isUsed |= action.uses(setting);
            }
        }
        if (setting.unused().isPresent() && !isUsed) {
            throw new IllegalArgumentException("option " + Printable.quote(setting.optionName() + "=" + value) + ": "
                    + setting.unused().get());
        }
    }

    private static List<Action> settled(List<Action> actions, Settings settings) {
        List<Action> settled = new ArrayList<>();
        for (Action action : actions) {
            settled.add(action.settled(settings));
        }
        return List.copyOf(settled);
    }
}
