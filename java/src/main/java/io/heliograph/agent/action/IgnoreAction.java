package io.heliograph.agent.action;

import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.Signals;
import io.heliograph.agent.option.Action;
import java.util.Optional;

/** {@code ignore}: the signal does nothing, {@code SIG_IGN}. */
public record IgnoreAction() implements Action {
    @Override
    public String optionText() {
        return "ignore";
    }

    @Override
    public Effect effect() {
        return Effect.DISPOSES;
    }

    @Override
    public Optional<Registration> register(Signal signal) {
        return Optional.of(Signals.ignore(signal));
    }
}
