package io.heliograph.agent;

import io.heliograph.Delivery;
import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.agent.action.DefaultAction;
import io.heliograph.agent.action.DelayAction;
import io.heliograph.agent.action.Shutdown;
import io.heliograph.agent.option.Action;
import io.heliograph.agent.option.SignalActions;
import io.heliograph.internal.dispatch.NamedWorker;
import io.heliograph.internal.dispatch.SignalRuntime;
import io.heliograph.internal.jni.Native;
import io.heliograph.internal.proc.RunningTime;
import io.heliograph.internal.text.Failure;
import io.heliograph.internal.text.Printable;
import io.heliograph.internal.text.StandardError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs the actions of one signal, one after the other.
 *
 * <p>A delay ends the task, and another task goes on behind it: meanwhile the agent's thread runs the actions of other
 * signals.
 */
final class ActionWorker implements NamedWorker {
    private final Signal signal;
    private final SignalActions bound;
    private final boolean runsDefault;
    private final @Nullable AgentThread thread;

    private ActionWorker(SignalActions bound, @Nullable AgentThread thread) {
        this.bound = bound;
        this.thread = thread;
        signal = bound.signal();
        boolean hasDefault = false;
        for (Action action : bound.actions()) {
            hasDefault |= action instanceof DefaultAction;
        }
        runsDefault = hasDefault && has(Action.Effect.TAKES);
    }

    /**
     * Registers the actions, all or none.
     *
     * @param thread where they act; null if none of them acts
     */
    static List<Registration> register(SignalActions bound, @Nullable AgentThread thread) {
        ActionWorker worker = new ActionWorker(bound, thread);
        List<Registration> made = new ArrayList<>();
        try {
            for (Action action : bound.actions()) {
                if (!worker.runsDefault || !(action instanceof DefaultAction)) {
                    Optional<Registration> its = action.register(worker.signal);
                    if (its.isPresent()) {
                        made.add(its.get());
                    }
                }
            }
            if (thread != null) {
                made.add(worker.register(thread.delivery()));
            }
        } catch (Throwable failure) {
            made.forEach(Registration::close);
            throw failure;
        }
        return made;
    }

    private Registration register(Delivery delivery) {
        boolean wantsSender = false;
        for (Action action : bound.actions()) {
            wantsSender |= action.wantsSender();
        }
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
        for (Action action : bound.actions()) {
            if (action.effect() == effect) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String name() {
        return "agent: " + bound.actionsText();
    }

    @Override
    public void onSignal(SignalEvent event) {
        actFrom(0, event);
    }

    /**
     * Runs the actions from this one on. With an action that takes, this runs the default action itself, at the end: a
     * dump may take longer than the two seconds for which a default action waits for observers.
     */
    private void actFrom(int first, SignalEvent event) {
        List<Action> actions = bound.actions();
        for (int i = first; i < actions.size(); i++) {
            if (actions.get(i) instanceof DelayAction delay && thread != null) {
                new Pause(thread, delay, i + 1, event).run();
                return;
            }
            if (actions.get(i).acts()) {
                act(actions.get(i), event);
            }
        }
        if (runsDefault) {
            Native.runDefaultAction(signal.number());
        }
    }

    /** A delay under way: a task that looks at the time again and again. */
    private final class Pause implements Runnable {
        private final AgentThread thread;
        private final RunningTime time;
        private final int next;
        private final SignalEvent event;
        /** Whether an end of the process waits for it, which a second request does not. */
        private final boolean holds = Shutdown.isHeldBy(signal);

        Pause(AgentThread thread, DelayAction delay, int next, SignalEvent event) {
            this.thread = thread;
            time = new RunningTime(delay.time());
            this.next = next;
            this.event = event;
        }

        @Override
        public void run() {
            if (time.isOver() || (holds && !Shutdown.isHeldBy(signal))) {
                actFrom(next, event);
            } else {
                thread.at(System.nanoTime() + time.nanosToLook(), this);
            }
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
