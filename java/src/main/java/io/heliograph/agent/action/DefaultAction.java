package io.heliograph.agent.action;

import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.Signals;
import io.heliograph.agent.option.Action;
import java.util.Optional;

/** {@code default}: the signal has its default action, {@code SIG_DFL}. */
public record DefaultAction() implements Action {
    @Override
    public String optionText() {
        return "default";
    }

    @Override
    public Effect effect() {
        return Effect.DISPOSES;
    }

    @Override
    public Optional<Registration> register(Signal signal) {
        return Optional.of(Signals.restoreDefault(signal));
    }
}
