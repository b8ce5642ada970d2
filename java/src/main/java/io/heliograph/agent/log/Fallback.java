package io.heliograph.agent.log;

import io.heliograph.internal.text.Failure;
import io.heliograph.internal.text.Printable;
import io.heliograph.internal.text.StandardError;
import org.jspecify.annotations.Nullable;

/**
 * Writes lines that a target refuses to standard error. It says why once, until the target takes a line or the reason
 * changes.
 */
final class Fallback {
    private final String option;
    private final LogTarget target;
    private @Nullable String said;

    /**
     * A fallback for a target.
     *
     * @param option the target, as an operator wrote it
     */
    Fallback(String option, LogTarget target) {
        this.option = option;
        this.target = target;
    }

    void write(String line) {
        try {
            target.write(line);
            said = null;
        } catch (Throwable failure) {
            String why = Failure.line(failure);
            if (!why.equals(said)) {
                said = why;
                StandardError.println(
                        Printable.line(option) + ": " + why + "; until it works, the lines are on standard error");
            }
            StandardError.print(line + "\n");
        }
    }

    void close() {
        target.close();
    }

    boolean awaitClosed(long nanos) throws InterruptedException {
        return target.awaitClosed(nanos);
    }
}
