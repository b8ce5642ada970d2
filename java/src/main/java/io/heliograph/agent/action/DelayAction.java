package io.heliograph.agent.action;

import io.heliograph.agent.option.Action;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * {@code delay:TIME}: the actions behind it wait so long. The agent's thread does not: the actions of other signals act
 * meanwhile. Before an end of the process, time in which the process is stopped or frozen does not count.
 */
public record DelayAction(String argument, Duration time) implements Action {
    static DelayAction parse(String argument) {
        String text = argument.isEmpty() ? "" : argument.substring(1);
        return new DelayAction(argument, TimeArgument.parse(text, "time", "delay:5s"));
    }

    /** The time in nanoseconds. */
    public long nanos() {
        return TimeUnit.MILLISECONDS.toNanos(time.toMillis());
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
        for (Action action : later) {
            if (action instanceof RaiseAction || action instanceof IgnoreAction) {
                throw new IllegalArgumentException(action.optionText() + " acts at once, and " + optionText()
                        + " before it would change nothing: leave the delay out");
            }
        }
    }
}
