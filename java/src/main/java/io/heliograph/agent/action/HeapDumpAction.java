package io.heliograph.agent.action;

import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.agent.option.Action;
import io.heliograph.internal.proc.Modules;

/** {@code heap-dump:FILE}: the objects that are reachable, in the format HPROF. */
record HeapDumpAction(DumpFile file) implements Action {
    static HeapDumpAction parse(String argument) {
        return new HeapDumpAction(DumpArgument.parse("heap-dump", ".hprof", argument));
    }

    @Override
    public String optionText() {
        return "heap-dump:" + file.pattern();
    }

    @Override
    public Effect effect() {
        return Effect.TAKES;
    }

    @Override
    public void act(SignalEvent event) throws Exception {
        Modules.require("jdk.management");
        // HotSpot accepts no other suffix (HotSpotDiagnosticMXBean.dumpHeap).
        ActionLine.written(this, event, file.write(".hprof", HotSpotDiagnostics::dumpHeap));
    }

    @Override
    public void rehearse(Signal signal) {
        DumpFile.rehearse();
        if (Modules.has("jdk.management")) {
            HotSpotDiagnostics.rehearse();
        }
    }
}
