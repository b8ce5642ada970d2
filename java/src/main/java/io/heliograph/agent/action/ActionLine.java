package io.heliograph.agent.action;

import io.heliograph.SignalEvent;
import io.heliograph.agent.option.Action;
import io.heliograph.internal.text.Printable;
import io.heliograph.internal.text.StandardError;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The line of an action that has succeeded, on standard error. */
final class ActionLine {
    private ActionLine() {}

    static void print(Action action, SignalEvent event, String outcome) {
        StandardError.println(Printable.line(event.signal() + "=" + action.optionText() + ": " + outcome));
    }

    static void written(Action action, SignalEvent event, Path file) {
        print(action, event, "written to " + file);
    }

    /** The outcome of what began at that {@link System#nanoTime()}. */
    static String done(long begun) {
        return "done in " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun) + " ms";
    }
}
