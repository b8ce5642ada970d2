package io.heliograph.agent;

import io.heliograph.Delivery;
import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.Signals;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** One signal and its actions, in order. */
record Binding(Signal signal, List<Action> actions) {
    /**
     * Registers them, all or nothing.
     *
     * @param delivery where they act, asked for if one does
     */
    List<Registration> register(Supplier<Delivery> delivery) {
        List<Registration> made = new ArrayList<>();
        try {
            actions.forEach(action -> action.register(signal).ifPresent(made::add));
            if (actions.stream().anyMatch(Action::acts)) {
                made.add(
                        takes()
                                ? Signals.on(signal, this::act, delivery.get())
                                : Signals.observe(signal, this::act, delivery.get()));
            }
        } catch (Throwable failure) {
            made.forEach(Registration::close);
            throw failure;
        }
        return made;
    }

    /**
     * Whether the actions are all that the signal does. Where one says what it does to the process, they look on; and QUIT
     * they only observe, since jcmd and whoever attaches send it and need HotSpot's answer.
     */
    private boolean takes() {
        return signal != Signal.QUIT
                && actions.stream().anyMatch(action -> action.effect() == Action.Effect.TAKES)
                && actions.stream().noneMatch(action -> action.effect() == Action.Effect.DISPOSES);
    }

    private void act(SignalEvent event) {
        for (Action action : actions) {
            if (action.acts()) {
                act(action, event);
            }
        }
    }

    /** One that fails costs itself, and says so. */
    private void act(Action action, SignalEvent event) {
        try {
            action.act(event);
        } catch (Throwable failure) {
            StandardError.println(signal + "=" + Printable.escape(action.optionText()) + ": " + Failure.line(failure));
        }
    }
}
