package io.heliograph.agent.action;

import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.agent.log.AgentLog;
import io.heliograph.agent.option.Action;
import io.heliograph.agent.option.Setting;

/** {@code log}: one line with the signal and its sender. The settings say its format and place. */
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

    /** Loading classes takes longer than many a sender lives. */
    @Override
    public void rehearse(Signal signal) {
        AgentLog.rehearse();
    }
}
