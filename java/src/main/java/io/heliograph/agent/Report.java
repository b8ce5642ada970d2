package io.heliograph.agent;

import io.heliograph.Signal;
import io.heliograph.agent.action.IgnoreAction;
import io.heliograph.agent.option.Action;
import io.heliograph.agent.option.AgentOptions;
import io.heliograph.agent.option.SignalActions;
import io.heliograph.agent.report.LastWords;
import io.heliograph.internal.text.Failure;
import io.heliograph.internal.text.StandardError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The report of {@code report=FILE}, and its thread. Without that setting nothing of it is loaded. */
final class Report {
    /** Signals that end a JVM, or a process without a handler, and that nobody sends for anything else unless it is bound. */
    private static final List<Signal> DEADLY = List.of(Signal.TERM, Signal.INT, Signal.HUP);

    /** Those that end a process when they are bound to nothing but {@code log}. */
    private static final List<Signal> DEADLY_IF_BOUND = List.of(Signal.USR1, Signal.ALRM, Signal.XCPU);

    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static @Nullable AgentThread thread;
    private static @Nullable LastWords words;

    private Report() {}

    /**
     * Starts the report of these options. That of earlier ones has ended. If its file cannot be used, one line says so,
     * and the agent works without the report.
     *
     * @throws IllegalStateException with a message of one line, if the file cannot be used and that is an error
     */
    static void start(AgentOptions options, String pattern, boolean isRequired) throws InterruptedException {
        AgentThread its = new AgentThread("heliograph-report");
        thread = its;
        try {
            words = LastWords.start(pattern, options.settings().log(), signals(options), deadlines(options), its, its);
        } catch (Failure unusable) {
            stop();
            String why = String.valueOf(unusable.getMessage());
            if (isRequired) {
                throw new IllegalStateException(why, unusable);
            }
            StandardError.println(why + "; the app runs on without its last words");
        }
    }

    /**
     * Ends it.
     *
     * @throws IllegalStateException with a message of one line, if its thread has not ended
     */
    static void stop() throws InterruptedException {
        LastWords its = words;
        AgentThread itsThread = thread;
        words = null;
        thread = null;
        if (its != null) {
            its.close();
        }
        if (itsThread != null && !itsThread.end(MOST_NANOS)) {
            throw new IllegalStateException("the report's thread is still at work");
        }
    }

    /** The signals whose arrival may be the beginning of the end: not those that only run an action. */
    private static List<Signal> signals(AgentOptions options) {
        List<Signal> signals = new ArrayList<>(DEADLY);
        for (SignalActions bound : options.bindings()) {
            boolean takes = has(bound, Action.Effect.TAKES);
            boolean disposes = has(bound, Action.Effect.DISPOSES);
            signals.remove(bound.signal());
            if ((disposes && !isIgnored(bound))
                    || (!takes && (DEADLY.contains(bound.signal()) || DEADLY_IF_BOUND.contains(bound.signal())))) {
                signals.add(bound.signal());
            }
        }
        return signals;
    }

    private static boolean has(SignalActions bound, Action.Effect effect) {
        for (Action action : bound.actions()) {
            if (action.effect() == effect) {
                return true;
            }
        }
        return false;
    }

    private static boolean isIgnored(SignalActions bound) {
        for (Action action : bound.actions()) {
            if (action instanceof IgnoreAction) {
                return true;
            }
        }
        return false;
    }

    private static Map<Signal, Long> deadlines(AgentOptions options) {
        Map<Signal, Long> deadlines = new HashMap<>();
        for (SignalActions bound : options.bindings()) {
            for (Action action : bound.actions()) {
                if (action.deadlineNanos() > 0) {
                    deadlines.put(bound.signal(), action.deadlineNanos());
                }
            }
        }
        return deadlines;
    }
}
