package io.heliograph.agent.action;

import io.heliograph.Disposition;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.Signals;
import io.heliograph.agent.option.Action;
import java.util.Optional;

/** {@code doctor[:FILE]}: the table of what each signal does to this process (docs/doctor.md). */
record DoctorAction(Optional<DumpFile> file) implements Action {
    static DoctorAction parse(String argument) {
        return new DoctorAction(DumpArgument.parseOptional("doctor", ".txt", argument));
    }

    @Override
    public String optionText() {
        return "doctor" + DumpArgument.text(file);
    }

    @Override
    public Effect effect() {
        return Effect.TAKES;
    }

    @Override
    public void act(SignalEvent event) throws Exception {
        TextReport.write(this, event, file, DoctorAction::table);
    }

    @Override
    public void rehearse(Signal signal) {
        DumpFile.rehearse();
        table();
    }

    private static String table() {
        return Disposition.table(Signals.dispositions().values());
    }
}
