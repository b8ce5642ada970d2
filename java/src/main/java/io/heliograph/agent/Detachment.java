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
 * The agent goes: dispositions, threads, descriptors and shutdown hook are as before it came.
 *
 * <p>What had arrived is still acted on. Where the app itself has registrations open, these stay, and with them what they
 * need. What fails does not keep the rest from being undone.
 */
final class Detachment {
    /** Not a time that anything is expected to take: whoever detaches is told, where it would else wait forever. */
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
     * Ends the threads and closes the pipe.
     *
     * @return what became of it, in one line
     * @throws IllegalStateException with a message of one line that tells all that could not be undone
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

    /** When the agent's thread has ended, which writes to it. */
    private void endLog() throws InterruptedException {
        EventLog log = AgentLog.current();
        AgentLog.replace(null);
        if (log != null && !log.awaitClosed(MOST_NANOS_OF_LOGGER)) {
            failures.add("the app's logger has not done with a line, and holds a thread until it has");
        }
    }
}
