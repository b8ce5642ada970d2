package io.heliograph.agent.action;

import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.agent.option.Action;
import io.heliograph.agent.option.Setting;
import io.heliograph.agent.option.Settings;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code shutdown[:DEADLINE]}: the JVM's orderly exit, which native code ends at the deadline. */
record ShutdownAction(String argument, Optional<Duration> deadline, boolean dieBySignal) implements Action {
    private static final String NAME = "shutdown";
    private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m|h|)");

    static ShutdownAction parse(String argument) {
        return new ShutdownAction(
                argument, argument.isEmpty() ? Optional.empty() : Optional.of(deadline(argument.substring(1))), false);
    }

    private static Duration deadline(String text) {
        Matcher matcher = TIME.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException((text.isEmpty() ? "a deadline is missing" : text + " is no deadline")
                    + ": write shutdown:20s for one, with ms, s, m or h behind a whole number");
        }
        String unit = matcher.group(2);
        if (unit.isEmpty()) {
            throw new IllegalArgumentException(
                    "the deadline " + text + " has no unit: did you mean shutdown:" + text + "s?");
        }
        Duration deadline = of(Long.parseLong(matcher.group(1)), unit);
        if (deadline.isZero()) {
            throw new IllegalArgumentException("a deadline of " + text + " leaves no time for an orderly exit: write "
                    + "shutdown:1s, or default for none at all");
        }
        return deadline;
    }

    private static Duration of(long number, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    @Override
    public String optionText() {
        return NAME + argument;
    }

    @Override
    public Effect effect() {
        return Effect.DISPOSES;
    }

    @Override
    public void requireFit(Signal signal) {
        if (signal == Signal.QUIT) {
            throw new IllegalArgumentException(
                    "QUIT can't begin a shutdown: jcmd and other attaching processes send it; use TERM, INT or HUP");
        }
    }

    @Override
    public boolean uses(Setting setting) {
        return setting == Setting.DEATH;
    }

    @Override
    public Action settled(Settings settings) {
        return new ShutdownAction(argument, deadline, settings.diesBySignal());
    }

    @Override
    public Optional<Registration> register(Signal signal) {
        return Optional.of(Shutdown.register(signal, deadline, dieBySignal));
    }
}
