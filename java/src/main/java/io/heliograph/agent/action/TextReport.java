package io.heliograph.agent.action;

import io.heliograph.SignalEvent;
import io.heliograph.agent.option.Action;
import io.heliograph.internal.text.StandardError;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The text that an action makes: on standard error between two lines of ours, or in a file by itself. */
final class TextReport {
    private TextReport() {}

    /**
     * Writes it.
     *
     * @param text called once, and not at all if the file cannot be made; its lines are printable and end with a line end
     */
    static void write(Action action, SignalEvent event, Optional<DumpFile> file, Callable<String> text)
            throws Exception {
        if (file.isPresent()) {
            ActionLine.written(action, event, file.get().write(".txt", path -> Files.writeString(path, text.call())));
        } else {
            long begun = System.nanoTime();
            String made = text.call();
            ActionLine.print(
                    action, event, "output of pid " + ProcessHandle.current().pid() + ", " + Instant.now());
            StandardError.print(made);
            ActionLine.print(action, event, ActionLine.done(begun));
        }
    }
}
