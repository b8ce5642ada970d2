package io.heliograph.agent.action;

import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.agent.option.Action;
import io.heliograph.internal.proc.Modules;

/** {@code jfr-dump:FILE}: Flight Recorder's data up to now. Its recordings go on. */
record JfrDumpAction(DumpFile file) implements Action {
    static JfrDumpAction parse(String argument) {
        return new JfrDumpAction(DumpArgument.parse("jfr-dump", ".jfr", argument));
    }

    @Override
    public String optionText() {
        return "jfr-dump:" + file.pattern();
    }

    @Override
    public Effect effect() {
        return Effect.TAKES;
    }

    @Override
    public void act(SignalEvent event) throws Exception {
        Modules.require("jdk.jfr");
        ActionLine.written(this, event, file.write(".jfr", FlightRecorderDump::writeTo));
    }

    /** Does not touch Flight Recorder, which that could start. */
    @Override
    public void rehearse(Signal signal) {
        DumpFile.rehearse();
    }
}
