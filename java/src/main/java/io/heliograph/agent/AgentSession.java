package io.heliograph.agent;

import io.heliograph.Delivery;
import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.Signals;
import io.heliograph.internal.dispatch.SignalRuntime;
import io.heliograph.internal.dispatch.WaitMode;
import io.heliograph.internal.seam.NativeLibrary;
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
     * @throws io.heliograph.SignalException if the system refuses a pipe or a disposition
     */
    static synchronized void start(@Nullable String text) {
        NativeLibrary.require();
        AgentOptions options = AgentOptions.parse(text == null ? "" : text);
        List<Registration> made = new ArrayList<>();
        try {
            for (AgentOptions.Binding binding : options.bindings()) {
                binding.actions().forEach(action -> made.add(register(binding.signal(), action)));
            }
            SignalRuntime.get().setWait(options.waitMode().orElseGet(WaitMode::preset));
        } catch (Throwable failure) {
            made.forEach(Registration::close);
            throw failure;
        }
        REGISTRATIONS.forEach(Registration::close);
        REGISTRATIONS.clear();
        REGISTRATIONS.addAll(made);
    }

    private static Registration register(Signal signal, Action action) {
        return switch (action) {
            case LOG -> Signals.observe(signal, LogLine::write, delivery());
            case IGNORE -> Signals.ignore(signal);
            case DEFAULT -> Signals.restoreDefault(signal);
        };
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
