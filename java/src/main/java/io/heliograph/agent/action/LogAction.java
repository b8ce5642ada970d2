package io.heliograph.agent.action;

import io.heliograph.SignalEvent;
import io.heliograph.agent.log.AgentLog;
import io.heliograph.agent.option.Action;
import io.heliograph.agent.option.Setting;

/** {@code log}: one line that says who sent the signal, where and in the form that the settings say. */
public record LogAction() implements Action {
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
    public boolean uses(Setting setting) {
        return setting == Setting.FORMAT || setting == Setting.ARGUMENTS || setting == Setting.LOG;
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
