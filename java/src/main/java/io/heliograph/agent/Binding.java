package io.heliograph.agent;

import io.heliograph.Delivery;
import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.internal.Printable;
import io.heliograph.internal.StandardError;
import io.heliograph.internal.dispatch.NamedWorker;
import io.heliograph.internal.dispatch.SignalRuntime;
import io.heliograph.internal.seam.Native;
import java.util.ArrayList;
import java.util.List;

/** One signal and its actions, in order. */
record Binding(Signal signal, List<Action> actions) {
    /**
     * Registers them, all or nothing.
     *
     * @param delivery where they act, if one does
     */
    List<Registration> register(Delivery delivery) {
        List<Registration> made = new ArrayList<>();
        try {
            for (Action action : actions) {
                if (!meetsDefaultItself() || !(action instanceof DefaultAction)) {
                    Registration its = action.register(signal).orElse(null);
                    if (its != null) {
                        made.add(its);
                    }
                }
            }
            if (acts()) {
                SignalRuntime runtime = SignalRuntime.get();
                Delivery its = wantsSender() ? delivery.withSender() : delivery;
                made.add(takes() ? runtime.catchSignal(signal, worker(), its) : runtime.observe(signal, worker(), its));
            }
        } catch (Throwable failure) {
            for (Registration registration : made) {
                registration.close();
            }
            throw failure;
        }
        return made;
    }

    /** What an option calls it. */
    String optionText() {
        return signal + "=" + actionsText();
    }

    /** Whether there is an action {@code log} among them. */
    boolean logs() {
        for (Action action : actions) {
            if (action instanceof LogAction) {
                return true;
            }
        }
        return false;
    }

    private boolean wantsSender() {
        for (Action action : actions) {
            if (action.wantsSender()) {
                return true;
            }
        }
        return false;
    }

    /** Whether one of them is to be called for each arrival. */
    boolean acts() {
        for (Action action : actions) {
            if (action.acts()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether the actions are all that the signal does. Where one says what it does to the process, they look on; and QUIT
     * they only observe, since jcmd and whoever attaches send it and need HotSpot's answer.
     */
    private boolean takes() {
        return meetsDefaultItself() || (signal != Signal.QUIT && doesSomething() && !has(Action.Effect.DISPOSES));
    }

    /** A dump may take long, and who observes is waited for two seconds at most before the default action. */
    private boolean meetsDefaultItself() {
        return doesSomething() && hasDefault();
    }

    private boolean hasDefault() {
        for (Action action : actions) {
            if (action instanceof DefaultAction) {
                return true;
            }
        }
        return false;
    }

    private boolean doesSomething() {
        return has(Action.Effect.TAKES);
    }

    private boolean has(Action.Effect effect) {
        for (Action action : actions) {
            if (action.effect() == effect) {
                return true;
            }
        }
        return false;
    }

    private NamedWorker worker() {
        return new NamedWorker() {
            @Override
            public void onSignal(SignalEvent event) {
                act(event);
            }

            @Override
            public String name() {
                return "agent: " + actionsText();
            }
        };
    }

    private String actionsText() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < actions.size(); i++) {
            text.append(i == 0 ? "" : "+").append(actions.get(i).optionText());
        }
        return text.toString();
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
