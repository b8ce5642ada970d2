package io.heliograph.agent;

import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.agent.action.Actions;
import io.heliograph.agent.action.LogAction;
import io.heliograph.agent.action.Shutdown;
import io.heliograph.agent.log.AgentLog;
import io.heliograph.agent.log.EventLog;
import io.heliograph.agent.log.LogPlace;
import io.heliograph.agent.log.LogSettings;
import io.heliograph.agent.option.Action;
import io.heliograph.agent.option.AgentOptions;
import io.heliograph.agent.option.OptionParser;
import io.heliograph.agent.option.Settings;
import io.heliograph.agent.option.SignalActions;
import io.heliograph.agent.option.SystemdMode;
import io.heliograph.agent.systemd.ServiceManager;
import io.heliograph.internal.dispatch.SignalRuntime;
import io.heliograph.internal.dispatch.SliceMode;
import io.heliograph.internal.dispatch.WaitMode;
import io.heliograph.internal.jni.NativeShutdown;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The agent's registrations. An agent that attaches later replaces those of an earlier one. */
final class AgentSession {
    private static final List<Registration> REGISTRATIONS = new ArrayList<>();
    private static @Nullable AgentThread thread;

    /** Whether {@link Report} is loaded and has something to end. */
    private static boolean hasReport;

    /** Whether {@link ServiceManager} is loaded and has something to end. */
    private static boolean hasServiceManager;

    /** The options in force; null if there is no agent. */
    private static @Nullable AgentOptions inForce;

    private AgentSession() {}

    /**
     * Registers what the options say, all or nothing. {@code off} undoes everything instead.
     *
     * @param environment the options of the environment, which these have the last word over
     * @return a line for standard error that says what has changed; null at a plain start of the JVM, which is silent
     * @throws IllegalArgumentException with a message of one line, if an option is wrong
     * @throws io.heliograph.SignalException if the system refuses a pipe or a disposition
     */
    static synchronized @Nullable String start(@Nullable String text, String environment, boolean beforeMain)
            throws InterruptedException {
        AgentOptions options = OptionParser.parse(text == null ? "" : text, environment, new Actions());
        AgentOptions before = inForce;
        if (options.off()) {
            String line = stop();
            return before != null ? line : beforeMain ? null : "off: there was no agent";
        }
        register(options, beforeMain);
        inForce = options;
        if (!beforeMain) { // else the app has set none yet
            Shutdown.tellOfAppHandlers();
        }
        if (before == null) {
            return beforeMain ? null : "attached: " + options.text();
        }
        return (beforeMain ? "started: " : "attached: ") + options.text() + ", in place of " + before.text();
    }

    private static void register(AgentOptions options, boolean beforeMain) throws InterruptedException {
        boolean isRequired = beforeMain && options.settings().isRequired();
        EventLog logBefore = AgentLog.current();
        EventLog log = null;
        List<Registration> made = new ArrayList<>();
        try {
            if (logs(options)) {
                log = open(options, isRequired);
                AgentLog.replace(log);
            }
            SignalRuntime.get(slice(options.settings()));
            for (SignalActions bound : options.bindings()) {
                made.addAll(register(bound));
            }
            HandlerWatch.start();
            settle(options, beforeMain, isRequired);
        } catch (Throwable failure) {
            close(made);
            if (log != null) {
                AgentLog.replace(logBefore);
                retire(log);
            }
            goBack(failure);
            throw failure;
        }
        close(REGISTRATIONS);
        REGISTRATIONS.clear();
        REGISTRATIONS.addAll(made);
        if (logBefore != null) {
            retire(logBefore);
        }
        rehearse(options.bindings());
    }

    /** Has in force what the process has one of. */
    private static void settle(AgentOptions options, boolean beforeMain, boolean isRequired)
            throws InterruptedException {
        Settings settings = options.settings();
        SignalRuntime.get(slice(settings));
        AgentBean.want(settings.hasBean());
        SignalRuntime.get()
                .setWait(settings.waitMode().isPresent() ? settings.waitMode().get() : WaitMode.preset());
        replaceReport(options, isRequired);
        if (settings.systemd() != SystemdMode.OFF) {
            thread(); // the last of our threads
        }
        if (beforeMain) {
            SpareThreads.require();
        }
        replaceServiceManager(options, beforeMain);
    }

    private static SliceMode slice(Settings settings) {
        return settings.sliceMode().isPresent() ? settings.sliceMode().get() : SliceMode.preset();
    }

    private static void replaceReport(AgentOptions options, boolean isRequired) throws InterruptedException {
        if (hasReport) {
            hasReport = false;
            Report.stop();
        }
        if (options.settings().report().isPresent()) {
            hasReport = true;
            Report.start(options, options.settings().report().get(), isRequired);
        }
    }

    private static void replaceServiceManager(AgentOptions options, boolean beforeMain) {
        SystemdMode mode = options.settings().systemd();
        if (hasServiceManager) {
            hasServiceManager = false;
            ServiceManager.stop();
        }
        if (mode == SystemdMode.OFF) {
            return;
        }
        hasServiceManager = true;
        List<Signal> signals = new ArrayList<>(List.of(Signal.TERM, Signal.INT, Signal.HUP)); // they end a JVM
        for (SignalActions bound : options.bindings()) {
            if (!signals.contains(bound.signal())) {
                signals.add(bound.signal());
            }
        }
        ServiceManager.start(
                beforeMain && mode == SystemdMode.ON,
                options.settings().log(),
                signals,
                thread().delivery(),
                beforeMain && options.settings().isRequired());
    }

    private static EventLog open(AgentOptions options, boolean isRequired) {
        LogSettings settings = options.settings().log();
        if (isRequired) {
            LogPlace.requireWritable(settings.place());
        }
        AgentThread its = thread(); // first: nothing would end the logger's thread if this one could not be started
        return new EventLog(settings.format(), LogPlace.open(settings.place()), its);
    }

    /** Closes the log on the agent's thread, which may be using it. */
    private static void retire(EventLog log) {
        thread().execute(new Runnable() {
            @Override
            public void run() {
                log.close();
            }
        });
    }

    /** The options in force; null if there is no agent. */
    static synchronized @Nullable AgentOptions inForce() {
        return inForce;
    }

    /**
     * Undoes everything, see {@link Detachment}.
     *
     * @return the outcome, in one line
     * @throws IllegalStateException with a message of one line, if something cannot be undone; the rest is undone
     */
    static synchronized String stop() throws InterruptedException {
        int signal = NativeShutdown.requestedBy();
        if (signal != 0) {
            throw new IllegalStateException(
                    "off: " + Signal.of(signal) + " has begun a shutdown, which can't be called off");
        }
        AgentThread its = thread;
        thread = null;
        inForce = null;
        Detachment detachment = new Detachment();
        detachment.undo(SignalRuntime::reset);
        if (hasReport) {
            hasReport = false;
            detachment.undo(Report::stop);
        }
        if (hasServiceManager) {
            hasServiceManager = false;
            detachment.undo(ServiceManager::stop);
        }
        REGISTRATIONS.forEach(detachment::undo);
        REGISTRATIONS.clear();
        detachment.undo(HandlerWatch::stop);
        detachment.undo(() -> AgentBean.want(false));
        return detachment.finish(its);
    }

    /** Leaves behind what was there before: the agent in force, or none. */
    private static void goBack(Throwable failure) {
        AgentOptions before = inForce;
        try {
            if (before == null) {
                stop();
            } else {
                settle(before, false, false);
            }
        } catch (Throwable left) {
            failure.addSuppressed(left);
        }
    }

    private static List<Registration> register(SignalActions bound) {
        boolean acts = false;
        for (Action action : bound.actions()) {
            acts |= action.acts();
        }
        return ActionWorker.register(bound, acts ? thread() : null);
    }

    private static boolean logs(AgentOptions options) {
        for (SignalActions bound : options.bindings()) {
            for (Action action : bound.actions()) {
                if (action instanceof LogAction) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Rehearses each action once, after all registrations. Compares identities: the first equals() of a record takes 13
     * ms (ObjectMethods).
     */
    private static void rehearse(List<SignalActions> bindings) {
        Set<Action> actions = Collections.newSetFromMap(new IdentityHashMap<>());
        for (SignalActions binding : bindings) {
            for (Action action : binding.actions()) {
                if (action.acts() && actions.add(action)) {
                    thread().rehearse(binding.signal(), action);
                }
            }
        }
    }

    private static void close(List<Registration> registrations) {
        for (Registration registration : registrations) {
            registration.close();
        }
    }

    private static AgentThread thread() {
        AgentThread made = thread;
        if (made == null) {
            made = new AgentThread("heliograph-agent");
            thread = made;
        }
        return made;
    }
}
