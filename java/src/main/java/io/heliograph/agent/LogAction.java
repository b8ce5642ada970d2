package io.heliograph.agent;

import io.heliograph.SignalEvent;

/** {@code log}: one line that says who sent the signal, where and in the form that the settings say. */
record LogAction() implements Action {
    @Override
    public String optionText() {
        return "log";
    }

    @Override
    public Effect effect() {
        return Effect.OBSERVES;
    }

    @Override
    public boolean wantsSender() {
        return true;
    }

    @Override
    public void act(SignalEvent event) {
        AgentLog.write(event);
    }

    /** A sender may live for a millisecond only, and loading classes takes longer. */
    @Override
    public void rehearse() {
        AgentLog.rehearse();
    }
}
