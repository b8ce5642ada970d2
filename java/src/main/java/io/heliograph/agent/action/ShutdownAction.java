package io.heliograph.agent.action;

import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.agent.option.Action;
import io.heliograph.agent.option.Setting;
import io.heliograph.agent.option.Settings;
import io.heliograph.internal.dispatch.ShutdownTerms;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An end in order, which native code enforces at the deadline. {@code shutdown[:DEADLINE]} is the JVM's own exit, and
 * {@code deadline:DEADLINE} what the signal does without the agent.
 *
 * @param deadline empty for none
 * @param hold how long the end waits for the actions before it; empty if none of them says a time
 */
record ShutdownAction(
        boolean isLeftToApp, String argument, Optional<Duration> deadline, Optional<Duration> hold, Settings settings)
        implements Action {
    /** The part of the hold for the actions that say no time, such as a dump. */
    private static final Duration USUAL_TIME = Duration.ofMillis(500);

    static ShutdownAction parse(boolean isLeftToApp, String argument) {
        Optional<Duration> deadline = Optional.empty();
        if (isLeftToApp || !argument.isEmpty()) {
            deadline = Optional.of(deadline(name(isLeftToApp), argument.isEmpty() ? "" : argument.substring(1)));
        }
        return new ShutdownAction(isLeftToApp, argument, deadline, Optional.empty(), Settings.NONE);
    }

    private static String name(boolean isLeftToApp) {
        return isLeftToApp ? "deadline" : "shutdown";
    }

    private static Duration deadline(String name, String text) {
        Duration deadline = TimeArgument.parse(text, "deadline", name + ":20s");
        if (deadline.isZero()) {
            throw new IllegalArgumentException("a deadline of " + text + " leaves no time for an orderly exit: write "
                    + name + ":1s, or default for none at all");
        }
        return deadline;
    }

    @Override
    public String optionText() {
        return name(isLeftToApp) + argument;
    }

    @Override
    public Effect effect() {
        return Effect.DISPOSES;
    }

    @Override
    public boolean requestsEnd() {
        return true;
    }

    @Override
    public void requireFit(Signal signal) {
        if (signal == Signal.QUIT) {
            throw new IllegalArgumentException(
                    "QUIT can't request an end: jcmd and other attaching processes send it; use TERM, INT or HUP");
        }
    }

    @Override
    public boolean uses(Setting setting) {
        return setting == Setting.DEATH || setting == Setting.EXIT || setting == Setting.SECOND;
    }

    @Override
    public long deadlineNanos() {
        return nanos(deadline);
    }

    @Override
    public Action settled(Settings all) {
        return new ShutdownAction(isLeftToApp, argument, deadline, hold, all);
    }

    @Override
    public Action behind(List<Action> earlier) {
        Duration sum = Duration.ZERO;
        for (Action action : earlier) {
            sum = sum.plus(action.mostTime().orElse(Duration.ZERO));
        }
        Optional<Duration> its = sum.isZero() ? Optional.empty() : Optional.of(sum.plus(USUAL_TIME));
        if (its.isPresent() && deadline.isPresent() && sum.compareTo(deadline.get()) >= 0) {
            throw new IllegalArgumentException("the actions before " + optionText() + " may take "
                    + TimeArgument.text(sum) + ", and the deadline counts from the arrival: write a later deadline");
        }
        return new ShutdownAction(isLeftToApp, argument, deadline, its, settings);
    }

    /** Where the end is held, this is the place in the order of actions where it begins. */
    @Override
    public boolean acts() {
        return hold.isPresent();
    }

    @Override
    public void act(SignalEvent event) {
        Shutdown.release(event.signal());
    }

    @Override
    public Optional<Registration> register(Signal signal) {
        return Optional.of(Shutdown.register(
                signal,
                new ShutdownTerms(
                        nanos(deadline),
                        nanos(hold),
                        settings.diesBySignal(),
                        settings.exitStatus(),
                        settings.ignoresSecond(),
                        isLeftToApp)));
    }

    /** 0 for none. */
    private static long nanos(Optional<Duration> time) {
        try {
            return time.isPresent() ? time.get().toNanos() : 0;
        } catch (ArithmeticException centuries) {
            return Long.MAX_VALUE;
        }
    }
}
