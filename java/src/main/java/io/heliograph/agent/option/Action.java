package io.heliograph.agent.option;

import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Something that an option can bind a signal to. A value: two actions of one class and argument are equal. */
public interface Action {
    /** What an action means for its signal. */
    enum Effect {
        /** It only looks: what the signal did before still happens. */
        OBSERVES,
        /** The signal does this instead of what it did before. */
        TAKES,
        /** It sets what the signal does to the process. A signal has one such action at most. */
        DISPOSES
    }

    /** Its name in an option, with its argument. */
    String optionText();

    Effect effect();

    /** Whether {@link #act} needs the sender as it was when the signal arrived ({@code Delivery.withSender}). */
    default boolean wantsSender() {
        return false;
    }

    /** Whether the setting changes what this action does. */
    default boolean uses(Setting setting) {
        return false;
    }

    /** Whether {@link #act} is called for each arrival. */
    default boolean acts() {
        return effect() != Effect.DISPOSES;
    }

    /**
     * Handles one arrival, on the agent's thread. The actions of one signal act in the order in which the option names them.
     *
     * @throws Exception if it fails; the agent prints its message in one line, and the next action acts
     */
    default void act(SignalEvent event) throws Exception {}

    /**
     * Loads what {@link #act} needs, on the agent's thread, before the first arrival: a sick process may have no memory
     * left. The agent drops what it throws: {@link #act} will fail and say so.
     *
     * @param signal one that it is bound to
     */
    default void rehearse(Signal signal) {}

    /**
     * Refuses a signal that it cannot handle.
     *
     * @throws IllegalArgumentException that says why
     */
    default void requireFit(Signal signal) {}

    /** Nanoseconds from the arrival to the end of the process, which this action sets; 0 if it sets none. */
    default long deadlineNanos() {
        return 0;
    }

    /** The same action with these settings. An option may come before or after the settings. */
    default Action settled(Settings settings) {
        return this;
    }

    /** The same action, with these before it. */
    default Action behind(List<Action> earlier) {
        return this;
    }

    /** How long an end of the process that comes behind it waits for it; empty for the usual time. */
    default Optional<Duration> mostTime() {
        return Optional.empty();
    }

    /** Whether a signal may have it twice. */
    default boolean isRepeatable() {
        return false;
    }

    /** Whether it has the app read its configuration anew, where the signal is HUP. */
    default boolean reloads() {
        return false;
    }

    /** Whether the signal requests the end of the process. */
    default boolean requestsEnd() {
        return false;
    }

    /**
     * Refuses its place.
     *
     * @param later the actions behind it
     * @throws IllegalArgumentException that says why
     */
    default void requirePlace(List<Action> later) {}

    /** What it registers for itself; {@link #act} needs no registration. */
    default Optional<Registration> register(Signal signal) {
        return Optional.empty();
    }
}
