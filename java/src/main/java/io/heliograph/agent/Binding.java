package io.heliograph.agent;

import io.heliograph.Delivery;
import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.Signals;
import io.heliograph.internal.Printable;
import io.heliograph.internal.StandardError;
import io.heliograph.internal.dispatch.NamedWorker;
import io.heliograph.internal.seam.Native;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** One signal and its actions, in order. */
record Binding(Signal signal, List<Action> actions) {
    private static final Action BY_DEFAULT = new DefaultAction();

    /**
     * Registers them, all or nothing.
     *
     * @param delivery where they act, asked for if one does
     */
    List<Registration> register(Supplier<Delivery> delivery) {
        List<Registration> made = new ArrayList<>();
        try {
            actions.stream()
                    .filter(action -> !meetsDefaultItself() || !action.equals(BY_DEFAULT))
                    .forEach(action -> action.register(signal).ifPresent(made::add));
            if (actions.stream().anyMatch(Action::acts)) {
                made.add(
                        takes()
                                ? Signals.on(signal, worker(), delivery.get())
                                : Signals.observe(signal, worker(), delivery.get()));
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
        return meetsDefaultItself()
                || (signal != Signal.QUIT
                        && doesSomething()
                        && actions.stream().noneMatch(action -> action.effect() == Action.Effect.DISPOSES));
    }

    /** A dump may take long, and who observes is waited for two seconds at most before the default action. */
    private boolean meetsDefaultItself() {
        return doesSomething() && actions.contains(BY_DEFAULT);
    }

    private boolean doesSomething() {
        return actions.stream().anyMatch(action -> action.effect() == Action.Effect.TAKES);
    }

    private NamedWorker worker() {
        return new NamedWorker() {
            @Override
            public void onSignal(SignalEvent event) {
                act(event);
            }

            @Override
            public String name() {
                return actions.stream().map(Action::optionText).collect(Collectors.joining("+", "agent: ", ""));
            }
        };
    }

    private void act(SignalEvent event) {
        for (Action action : actions) {
            if (action.acts()) {
                act(action, event);
            }
        }
        if (meetsDefaultItself()) {
            Native.meetDefault(signal.number());
        }
    }

    /** One that fails costs itself, and says so. */
    private void act(Action action, SignalEvent event) {
        try {
            action.act(event);
        } catch (Throwable failure) {
            StandardError.println(Printable.line(signal + "=" + action.optionText()) + ": " + Failure.line(failure));
        } finally {
            Thread.interrupted(); // an interrupt that the app's method leaves behind must not reach the next action
        }
    }
}
