package io.heliograph.agent;

import io.heliograph.Delivery;
import io.heliograph.Registration;
import io.heliograph.Signals;
import io.heliograph.internal.dispatch.SignalRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the agent has registered. An agent that is attached later replaces what an earlier one did. */
final class AgentSession {
    private static final List<Registration> REGISTRATIONS = new ArrayList<>();
    private static @Nullable Delivery delivery;

    private AgentSession() {}

    /**
     * Registers what the options say, all or nothing.
     *
     * @throws IllegalArgumentException with a message of one line, if an option is wrong
     * @throws UnsatisfiedLinkError if there is no native library
     */
    static synchronized void start(@Nullable String text) {
        AgentOptions options = AgentOptions.parse(text == null ? "" : text);
        List<Registration> before = List.copyOf(REGISTRATIONS);
        REGISTRATIONS.clear();
        options.bindings().forEach(AgentSession::register);
        before.forEach(Registration::close);
        options.waitMode().ifPresent(SignalRuntime.get()::setWait);
    }

    private static void register(AgentOptions.Binding binding) {
        for (Action action : binding.actions()) {
            REGISTRATIONS.add(
                    switch (action) {
                        case LOG -> Signals.observe(binding.signal(), LogLine::write, delivery());
                        case IGNORE -> Signals.ignore(binding.signal());
                        case DEFAULT -> Signals.restoreDefault(binding.signal());
                    });
        }
    }

    /**
     * One thread for all actions, started now, since when a signal comes the process may have none left. It begins with a
     * line that goes nowhere: a sender may live for a millisecond only, and loading classes takes longer.
     */
    private static Delivery delivery() {
        Delivery made = delivery;
        if (made == null) {
            ThreadPoolExecutor executor =
                    new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                        Thread thread = new Thread(task, "heliograph-agent");
                        thread.setDaemon(true);
                        return thread;
                    });
            executor.execute(LogLine::rehearse);
            made = Delivery.on(executor);
            delivery = made;
        }
        return made;
    }
}
