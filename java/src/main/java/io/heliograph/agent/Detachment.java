package io.heliograph.agent;

import io.heliograph.agent.log.AgentLog;
import io.heliograph.agent.log.EventLog;
import io.heliograph.internal.dispatch.SignalRuntime;
import io.heliograph.internal.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Removes the agent: dispositions, threads, descriptors and shutdown hooks are as before it came. Two things stay: the
 * native method of {@code sun.misc.Signal.handle}, and after {@code raise} the thread that raises.
 *
 * <p>The actions still handle earlier arrivals. The app's own registrations stay, with all that they need. If a step
 * fails, the others are still undone.
 */
final class Detachment {
    /** Far more than anything should take: after it, the caller gets an error instead of waiting for ever. */
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long MOST_NANOS_OF_LOGGER = TimeUnit.SECONDS.toNanos(1);

    private final List<String> failures = new ArrayList<>();

    void undo(AutoCloseable undo) {
        try {
            undo.close();
        } catch (Exception failure) {
            failures.add(Printable.escape("" + failure));
        }
    }

    /**
     * Ends the threads, the log and the pipe.
     *
     * @return the outcome, in one line
     * @throws IllegalStateException with a message of one line that names all that could not be undone
     */
    String finish(@Nullable AgentThread thread) throws InterruptedException {
        String line = "off: the agent is gone";
        if (!SignalRuntime.awaitDispatched(MOST_NANOS)) {
            failures.add("an inline worker of the app holds the dispatcher");
        }
        if (thread != null && !thread.end(MOST_NANOS)) {
            failures.add("an action is still at work in the agent's thread, which ends with it");
        } else {
            endLog();
        }
        switch (SignalRuntime.closeUnlessUsed(MOST_NANOS)) {
            case CLOSED -> {}
            case IN_USE -> line += "; the app's own registrations stay, with the dispatcher that serves them";
            case HELD_UP -> failures.add("the dispatcher and its pipe stay");
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException("off: " + String.join("; ", failures));
        }
        return line;
    }

    /** Called after the end of the agent's thread, which writes to the log. */
    private void endLog() throws InterruptedException {
        EventLog log = AgentLog.current();
        AgentLog.replace(null);
        if (log != null && !log.awaitClosed(MOST_NANOS_OF_LOGGER)) {
            failures.add("the app's logger has not done with a line, and holds a thread until it has");
        }
    }
}
