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
import io.heliograph.agent.systemd.ServiceManager;
import io.heliograph.internal.dispatch.NamedWorker;
import io.heliograph.internal.dispatch.SignalRuntime;
import io.heliograph.internal.jni.Native;
import io.heliograph.internal.jni.NativeShutdown;
import io.heliograph.internal.text.Failure;
import io.heliograph.internal.text.Printable;
import io.heliograph.internal.text.StandardError;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs the actions of one signal, one after the other.
 *
 * <p>A delay ends the task, and another task goes on behind it: meanwhile the agent's thread runs the actions of other
 * signals.
 */
final class ActionWorker implements NamedWorker {
    /** How often a delay before an end looks whether a second request has ended it. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Signal signal;
    private final SignalActions bound;
    private final boolean runsDefault;
    private final boolean requestsEnd;
    /** Whether the service manager hears of the actions as of a reload (systemd.service(5), Type=notify-reload). */
    private final boolean reloads;

    private final @Nullable AgentThread thread;
    /** Used by the agent's thread, as the next one. */
    private final IdentityHashMap<DelayAction, Pause> pauses = new IdentityHashMap<>();

    private boolean hasRequested;
    private boolean hasFailed;

    private ActionWorker(SignalActions bound, @Nullable AgentThread thread) {
        this.bound = bound;
        this.thread = thread;
        signal = bound.signal();
        boolean hasDefault = false;
        boolean hasEnd = false;
        boolean hasReload = false;
        for (Action action : bound.actions()) {
            hasDefault |= action instanceof DefaultAction;
            hasEnd |= action.requestsEnd();
            hasReload |= action.reloads();
        }
        requestsEnd = hasEnd;
        reloads = hasReload && !hasEnd && signal == Signal.HUP;
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
        if (reloads) {
            hasFailed = false;
            ServiceManager.reloading();
        }
        actFrom(0, event, repeatsRequest());
    }

    /** Whether an end has been requested before. Then the actions only log: they have acted, or act, for that request. */
    private boolean repeatsRequest() {
        if (!requestsEnd || NativeShutdown.requestedBy() == 0) {
            return false;
        }
        boolean isFirst = !hasRequested && NativeShutdown.requestedBy() == signal.number();
        hasRequested = true;
        return !isFirst;
    }

    /**
     * Runs the actions from this one on. With an action that takes, this runs the default action itself, at the end: a
     * dump may take longer than the two seconds for which a default action waits for observers.
     */
    private void actFrom(int first, SignalEvent event, boolean onlyLogs) {
        List<Action> actions = bound.actions();
        for (int i = first; i < actions.size(); i++) {
            Action action = actions.get(i);
            if (action instanceof DelayAction delay && thread != null && !onlyLogs) {
                pause(thread, delay, i + 1, event);
                return;
            }
            if (action.acts() && (!onlyLogs || action.effect() == Action.Effect.OBSERVES)) {
                act(action, event);
            }
        }
        if (reloads) {
            ServiceManager.reloaded(event, hasFailed);
        }
        if (runsDefault) {
            Native.runDefaultAction(signal.number());
        }
    }

    /** What arrives during a delay is one more arrival behind it. So a flood makes no more than two. */
    private void pause(AgentThread agent, DelayAction delay, int next, SignalEvent event) {
        if (requestsEnd && !Shutdown.isHeldBy(signal)) { // a second request came before this delay
            actFrom(next, event, false);
            return;
        }
        Pause now = pauses.get(delay);
        if (now != null) {
            now.again = event;
            return;
        }
        Pause pause = new Pause(agent, delay, next, event);
        pauses.put(delay, pause);
        pause.run();
    }

    /**
     * A delay under way: a task that looks at the time again and again. Before an end it counts running time, which native
     * code measures, and a second request ends it.
     */
    private final class Pause implements Runnable {
        private final AgentThread agent;
        private final DelayAction delay;
        private final int next;
        private final SignalEvent event;
        private final boolean holds = Shutdown.isHeldBy(signal);
        private final long until;
        private @Nullable SignalEvent again;

        Pause(AgentThread agent, DelayAction delay, int next, SignalEvent event) {
            this.agent = agent;
            this.delay = delay;
            this.next = next;
            this.event = event;
            until = now() + delay.nanos();
        }

        private long now() {
            return holds ? NativeShutdown.runningNanos() : System.nanoTime();
        }

        private void waitFor(long nanos) {
            try {
                agent.at(System.nanoTime() + nanos, this);
            } catch (OutOfMemoryError full) {
                pauses.remove(delay); // or each later arrival would wait for this one
                throw full;
            }
        }

        @Override
        public void run() {
            long left = until - now();
            if (left > 0 && (!holds || Shutdown.isHeldBy(signal))) {
                if (agent.hasEnded()) {
                    StandardError.println(Printable.line(bound.optionText()) + ": off came during " + delay.optionText()
                            + ", and the actions behind it do not run");
                    return;
                }
                waitFor(holds ? Math.min(left, LOOK_NANOS) : left);
                return;
            }
            pauses.remove(delay);
            actFrom(next, event, false);
            SignalEvent later = again;
            if (later != null) {
                pause(agent, delay, next, later);
            }
        }
    }

    private void act(Action action, SignalEvent event) {
        try {
            action.act(event);
        } catch (Throwable failure) {
            hasFailed = true;
            StandardError.println(Printable.line(signal + "=" + action.optionText()) + ": " + Failure.line(failure));
        } finally {
            Thread.interrupted(); // the app's method may have left an interrupt, which is not for the next action
        }
    }
}
