package io.heliograph.agent;

import io.heliograph.Delivery;
import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.agent.action.DefaultAction;
import io.heliograph.agent.option.Action;
import io.heliograph.agent.option.SignalActions;
import io.heliograph.internal.dispatch.NamedWorker;
import io.heliograph.internal.dispatch.SignalRuntime;
import io.heliograph.internal.jni.Native;
import io.heliograph.internal.text.Failure;
import io.heliograph.internal.text.Printable;
import io.heliograph.internal.text.StandardError;
import java.util.ArrayList;
import java.util.List;

/** Runs the actions of one signal, one after the other. */
final class ActionWorker implements NamedWorker {
    private final Signal signal;
    private final SignalActions bound;
    private final boolean runsDefault;

    private ActionWorker(SignalActions bound) {
        this.bound = bound;
        signal = bound.signal();
        runsDefault = has(Action.Effect.TAKES) && bound.actions().stream().anyMatch(DefaultAction.class::isInstance);
    }

    /**
     * Registers the actions, all or none.
     *
     * @param delivery where they act
     */
    static List<Registration> register(SignalActions bound, Delivery delivery) {
        ActionWorker worker = new ActionWorker(bound);
        List<Registration> made = new ArrayList<>();
        try {
            for (Action action : bound.actions()) {
                if (!worker.runsDefault || !(action instanceof DefaultAction)) {
                    action.register(worker.signal).ifPresent(made::add);
                }
            }
            if (bound.actions().stream().anyMatch(Action::acts)) {
                made.add(worker.register(delivery));
            }
        } catch (Throwable failure) {
            made.forEach(Registration::close);
            throw failure;
        }
        return made;
    }

    private Registration register(Delivery delivery) {
        boolean wantsSender = bound.actions().stream().anyMatch(Action::wantsSender);
        Delivery its = wantsSender ? delivery.withSender() : delivery;
        SignalRuntime runtime = SignalRuntime.get();
        return takes() ? runtime.catchSignal(signal, this, its) : runtime.observe(signal, this, its);
    }

    /**
     * Whether the signal does nothing but these actions. If one of them disposes, they observe. QUIT they always observe:
     * jcmd and other attaching processes send it, and need HotSpot's answer.
     */
    private boolean takes() {
        return runsDefault || (signal != Signal.QUIT && has(Action.Effect.TAKES) && !has(Action.Effect.DISPOSES));
    }

    private boolean has(Action.Effect effect) {
        return bound.actions().stream().anyMatch(action -> action.effect() == effect);
    }

    @Override
    public String name() {
        return "agent: " + bound.actionsText();
    }

    /**
     * With an action that takes, this runs the default action itself, at the end: a dump may take longer than the two seconds
     * for which a default action waits for observers.
     */
    @Override
    public void onSignal(SignalEvent event) {
        for (Action action : bound.actions()) {
            if (action.acts()) {
                act(action, event);
            }
        }
        if (runsDefault) {
            Native.runDefaultAction(signal.number());
        }
    }

    private void act(Action action, SignalEvent event) {
        try {
            action.act(event);
        } catch (Throwable failure) {
            StandardError.println(Printable.line(signal + "=" + action.optionText()) + ": " + Failure.line(failure));
        } finally {
            Thread.interrupted(); // the app's method may have left an interrupt, which is not for the next action
        }
    }
}
