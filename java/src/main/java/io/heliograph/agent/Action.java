package io.heliograph.agent;

import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import java.util.Map;
import java.util.Optional;

/** Something that an operator can bind a signal to. A value: two of one kind and argument are equal. */
interface Action {
    /** What an action means for the signal that it is bound to. */
    enum Effect {
        /** It looks on: what the signal did before still happens. */
        OBSERVES,
        /** It is what the signal does from now on, instead of what it did before. */
        TAKES,
        /** It says what the signal does to the process, so that no other such action can stand beside it. */
        DISPOSES
    }

    /** What an option calls it, with its argument. */
    String optionText();

    Effect effect();

    /** Whether {@link #act} wants the sender to be looked at when the signal arrives ({@code Delivery.withSender}). */
    default boolean wantsSender() {
        return false;
    }

    /** Whether {@link #act} is to be called for each arrival. */
    default boolean acts() {
        return effect() != Effect.DISPOSES;
    }

    /**
     * Handles one arrival, on the agent's thread. The actions of one signal do so in the order in which they were given.
     *
     * @throws Exception if it failed; its message is shown in one line, and the next action goes on
     */
    default void act(SignalEvent event) throws Exception {}

    /**
     * Loads what {@link #act} needs, on the agent's thread, before the first arrival: a sick process may have no memory
     * left. What it throws is not told: it will be told when the action is needed.
     */
    default void rehearse() {}

    /**
     * Refuses a signal that can't be bound to it.
     *
     * @throws IllegalArgumentException that says why
     */
    default void requireFit(Signal signal) {}

    /** The same action as the settings have it, wherever they stand among the options. */
    default Action settled(Map<Setting, String> settings) {
        return this;
    }

    /** What it registers for itself, beside being called by {@link #act}. */
    default Optional<Registration> register(Signal signal) {
        return Optional.empty();
    }
}
