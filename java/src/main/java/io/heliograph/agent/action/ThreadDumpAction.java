package io.heliograph.agent.action;

import io.heliograph.SignalEvent;
import io.heliograph.agent.option.Action;
import io.heliograph.internal.text.StandardError;
import java.nio.file.Files;
import java.util.Optional;

/** {@code thread-dump}: all threads with their stacks, on standard error or in a file. */
record ThreadDumpAction(Optional<DumpFile> file) implements Action {
    static ThreadDumpAction parse(String argument) {
        return new ThreadDumpAction(
                argument.isEmpty()
                        ? Optional.empty()
                        : Optional.of(DumpArgument.parse("thread-dump", ".txt", argument)));
    }

    @Override
    public String optionText() {
        return "thread-dump" + file.map(named -> ":" + named.pattern()).orElse("");
    }

    @Override
    public Effect effect() {
        return Effect.TAKES;
    }

    @Override
    public void act(SignalEvent event) throws Exception {
        String dump = ThreadDump.text();
        if (file.isPresent()) {
            ActionLine.written(this, event, file.get().write(".txt", path -> Files.writeString(path, dump)));
        } else {
            StandardError.print(dump);
        }
    }

    @Override
    public void rehearse() {
        DumpFile.rehearse();
        ThreadDump.rehearse();
    }
}
