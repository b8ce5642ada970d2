package io.heliograph.agent;

import io.heliograph.SignalEvent;

/** {@code log}: one line on standard error that says who sent the signal. */
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
    public void act(SignalEvent event) {
        LogLine.write(event);
    }

    /** A sender may live for a millisecond only, and loading classes takes longer. */
    @Override
    public void rehearse() {
        LogLine.rehearse();
    }
}
