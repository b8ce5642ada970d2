package io.heliograph.workers;

import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.SignalInterrupt;
import io.heliograph.internal.proc.SignalNumbers;
import io.heliograph.internal.process.SupervisedProcess;
import io.heliograph.internal.text.Uncaught;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A child process with its supervisor. Its own state is under its own lock.
 *
 * <p>Until the supervisor has left the JVM's process group, a Ctrl-C reaches it and the JDK's start helper too, and can
 * end them.
 */
final class GroupProcess extends GroupWorker implements ProcessWorker {
    private final ProcessBuilder builder;
    private final Duration grace;
    private final GroupSignals signals;
    /** The signals that it may die from without a failure. */
    private final Set<Signal> expected = new HashSet<>();

    private final List<Consumer<ChildStatus>> listeners = new CopyOnWriteArrayList<>();

    private boolean begun;
    private boolean forced;
    private @Nullable StopReason asked;
    private @Nullable SupervisedProcess child;

    GroupProcess(GroupState group, String name, ProcessBuilder builder, Duration grace, GroupSignals signals) {
        super(group, name);
        this.builder = builder;
        this.grace = grace;
        this.signals = signals;
    }

    @Override
    void begin() throws IOException {
        if (mayBegin()) {
            beginProgram();
        } else {
            group().refuseWhereEnding(this); // throws, for an ending group has asked it
        }
    }

    private void beginProgram() throws IOException {
        SupervisedProcess started = startProgram();
        StopReason why;
        boolean force;
        synchronized (this) {
            child = started;
            why = asked;
            force = forced;
        }
        var unused = started.gone().whenComplete((nobody, denied) -> {
            if (denied == null) {
                var unusedToo = started.ended().thenAccept(this::end); // which is complete
            } else { // another user's process, which we cannot end
                group().ended(this, new WorkerFailure(name(), denied.toString(), denied), null);
            }
        });
        if (why != null) {
            askToEnd(started, why);
        }
        if (force) {
            started.force();
        }
    }

    /** Returns false if it was asked to end before. */
    private synchronized boolean mayBegin() {
        begun = asked == null;
        return begun;
    }

    private SupervisedProcess startProgram() throws IOException {
        signals.passJobControlOn();
        try {
            return SupervisedProcess.start(builder, grace, this::changed);
        } catch (IOException | RuntimeException failure) {
            throwSignalBehind(failure);
            throw failure;
        }
    }

    /**
     * Throws the group's signal, if one has come, instead of the failure. Until the supervisor has left this process's
     * group, the terminal's Ctrl-C also kills it, or the JDK's helper.
     */
    private void throwSignalBehind(Exception failure) {
        GroupSignals.awaitArrived();
        Optional<SignalEvent> why = group().signal();
        if (why.isPresent()) {
            SignalInterrupt interrupt = SignalInterrupt.of(why.get());
            interrupt.addSuppressed(failure);
            throw interrupt;
        }
    }

    @Override
    void runToEnd() {
        try {
            if (mayBegin()) {
                beginProgram();
                group().awaitEnd(this);
            }
        } catch (SignalInterrupt itEndsTheGroup) {
            group().ended(this, null, null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable failure) {
            group().ended(this, new WorkerFailure(name(), "" + failure.getMessage(), failure), null);
        }
    }

    @Override
    void ask(StopReason reason) {
        SupervisedProcess started;
        boolean never;
        synchronized (this) {
            if (asked != null) {
                return;
            }
            asked = reason;
            never = !begun;
            started = child;
        }
        if (never) {
            group().ended(this, null, null);
        } else if (started != null) {
            askToEnd(started, reason); // else the starting thread does it
        }
    }

    private void askToEnd(SupervisedProcess started, StopReason reason) {
        if (reason instanceof StopReason.OfSignal of) {
            expect(of.event().signal());
            started.askToEnd(of.event());
        } else {
            expect(Signal.TERM);
            started.askToEnd(Signal.TERM);
        }
    }

    /** Passes on a signal that does not end the group. */
    void passOn(SignalEvent event) {
        SupervisedProcess started = child();
        if (started != null) {
            started.passOn(event);
        }
    }

    @Override
    boolean force() {
        SupervisedProcess started;
        synchronized (this) {
            forced = true;
            started = child;
        }
        expect(Signal.KILL);
        if (started != null) {
            started.force();
        }
        return true;
    }

    @Override
    String description() {
        SupervisedProcess started = child();
        return started == null ? "process" : "process " + started.pid();
    }

    private synchronized void expect(Signal signal) {
        expected.add(signal);
    }

    private synchronized boolean isExpected(Signal signal) {
        return expected.contains(signal)
                || (child != null && child.wasSent(signal)); // process().destroy() sends one, too
    }

    private synchronized @Nullable SupervisedProcess child() {
        return child;
    }

    private SupervisedProcess started() {
        SupervisedProcess started = child();
        if (started == null) {
            throw new IllegalStateException(name() + " has not been started");
        }
        return started;
    }

    private void end(ChildStatus status) {
        Signal by = signalOf(status);
        boolean failed = !(status instanceof ChildStatus.Exited exited && exited.status() == 0)
                && !(by != null && isExpected(by));
        group().ended(
                        this,
                        failed ? new WorkerFailure(name(), text(status), null) : null,
                        by != null && signals.all().contains(by) ? by : null);
    }

    /** A JVM, a shell and others exit with 128 + n if signal n has ended them, or a child of theirs. */
    private static @Nullable Signal signalOf(ChildStatus status) {
        if (status instanceof ChildStatus.Killed killed) {
            return killed.signal();
        }
        return status instanceof ChildStatus.Exited exited
                ? SignalNumbers.ofExitStatus(exited.status()).orElse(null)
                : null;
    }

    private static String text(ChildStatus status) {
        if (status instanceof ChildStatus.Killed killed) {
            return "was ended by " + killed.signal() + (killed.dumpedCore() ? " (core dumped)" : "");
        }
        return status instanceof ChildStatus.Exited exited
                ? "exited with status " + exited.status()
                : status.toString();
    }

    @Override
    public long pid() {
        return started().pid();
    }

    @Override
    public Process process() {
        return started().process();
    }

    @Override
    public Optional<ChildStatus> status() {
        SupervisedProcess started = child();
        return started == null ? Optional.empty() : started.status();
    }

    /** Called on the thread of all processes. */
    private void changed(ChildStatus status) {
        for (Consumer<ChildStatus> listener : listeners) {
            try {
                listener.accept(status);
            } catch (Throwable failure) { // the other listeners are called all the same
                Uncaught.report(failure);
            }
        }
    }

    @Override
    public ProcessWorker onChange(Consumer<ChildStatus> listener) {
        listeners.add(Objects.requireNonNull(listener, "listener is null"));
        return this;
    }

    @Override
    public void terminate() {
        SupervisedProcess started = child();
        if (started != null) {
            expect(Signal.TERM);
            started.askToEnd(Signal.TERM);
        }
    }

    @Override
    public void send(Signal signal) {
        SupervisedProcess started = child();
        if (started != null) {
            expect(signal);
            started.send(signal);
        }
    }
}
