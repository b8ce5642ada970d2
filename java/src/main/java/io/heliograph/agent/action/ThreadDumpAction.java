package io.heliograph.agent.action;

import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.agent.option.Action;
import io.heliograph.internal.text.StandardError;
import java.nio.file.Files;
import java.util.Optional;

/** {@code thread-dump}: all threads with their stacks, on standard error or in a file. */
record ThreadDumpAction(Optional<DumpFile> file) implements Action {
    static ThreadDumpAction parse(String argument) {
        return new ThreadDumpAction(DumpArgument.parseOptional("thread-dump", ".txt", argument));
    }

    @Override
    public String optionText() {
        return "thread-dump" + DumpArgument.text(file);
    }

    @Override
    public Effect effect() {
        return Effect.TAKES;
    }

    @Override
    public void act(SignalEvent event) throws Exception {
        if (file.isEmpty()) {
            ThreadDump.write(StandardError::print, true);
            return;
        }
        StringBuilder dump = new StringBuilder(); // made before the file, to show the moment of the signal
        ThreadDump.write(dump::append, true);
        ActionLine.written(this, event, file.get().write(".txt", path -> Files.writeString(path, dump)));
    }

    @Override
    public void rehearse(Signal signal) {
        DumpFile.rehearse();
        ThreadDump.rehearse();
        DiagnosticCommands.rehearse();
    }
}
