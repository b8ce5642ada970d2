package io.heliograph.agent.action;

import io.heliograph.SignalEvent;
import io.heliograph.agent.option.Action;
import io.heliograph.internal.proc.Modules;

/** {@code jfr-dump:FILE}: what Flight Recorder has recorded up to now; its recordings go on. */
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
        DumpArgument.tell(this, event, file.write(".jfr", FlightRecorderDump::writeTo));
    }

    /** Flight Recorder itself is not touched: to look at it could start it. */
    @Override
    public void rehearse() {
        DumpFile.rehearse();
    }
}
