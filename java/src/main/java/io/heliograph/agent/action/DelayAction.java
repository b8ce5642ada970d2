package io.heliograph.agent.action;

import io.heliograph.agent.option.Action;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * {@code delay:TIME}: the actions behind it wait so long. The agent's thread does not: the actions of other signals act
 * meanwhile. Time in which the process is stopped or frozen does not count.
 */
public record DelayAction(String argument, Duration time) implements Action {
    static DelayAction parse(String argument) {
        String text = argument.isEmpty() ? "" : argument.substring(1);
        return new DelayAction(argument, TimeArgument.parse(text, "time", "delay:5s"));
    }

    @Override
    public String optionText() {
        return "delay" + argument;
    }

    @Override
    public Effect effect() {
        return Effect.TAKES;
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public Optional<Duration> mostTime() {
        return Optional.of(time);
    }

    @Override
    public void requirePlace(List<Action> later) {
        if (later.isEmpty()) {
            throw new IllegalArgumentException(
                    optionText() + " has no action behind it: write " + optionText() + "+shutdown:30s for one");
        }
        Action next = later.get(0);
        if (next instanceof RaiseAction || next instanceof IgnoreAction) {
            throw new IllegalArgumentException(next.optionText() + " acts at once, and " + optionText()
                    + " before it would change nothing: leave the delay out");
        }
    }
}
