package io.heliograph.workers;

import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.SignalInterrupt;
import io.heliograph.internal.jni.NativeShutdown;
import io.heliograph.internal.proc.RunningTime;
import io.heliograph.internal.raise.Unbroken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The state of a group from its opening to the end of its workers. Its lock is its own monitor, because the dispatcher
 * takes it too, and a monitor needs no memory. It is only held for a moment.
 */
final class GroupState {
    private final Set<GroupWorker> workers = new LinkedHashSet<>();
    private final Failures failures = new Failures();
    private final List<String> abandoned = new ArrayList<>();
    /** Why it ends; null while workers may start. */
    private @Nullable StopReason reason;

    private @Nullable SignalEvent signal;
    /** A second request, which forces. */
    private @Nullable SignalEvent second;
    /** A request that came when all workers had ended. */
    private @Nullable SignalEvent late;

    /** A bit for each signal that has come, repeats too. */
    private long come;

    private boolean signalIsThrown;
    private boolean closed;
    /** The group has ended, and waits for no worker any more. */
    private boolean settled;

    /** Notes a signal of the group. Called on the dispatcher's thread. */
    synchronized void arrived(SignalEvent event) {
        come |= bit(event.signal());
        if (signal == null) {
            signal = event;
            reason = reason == null ? new StopReason.OfSignal(event) : reason;
        } else if (isAnotherRequest(second != null ? second : signal, event)) {
            if (settled || workers.isEmpty()) {
                late = event;
            } else if (second == null) {
                second = event;
            }
        }
        notifyAll();
    }

    /** Not if it is a repeat, or the same arrival: an outer group may have passed that on before. */
    private static boolean isAnotherRequest(SignalEvent last, SignalEvent next) {
        return next.sequence() != last.sequence()
                && NativeShutdown.isAnotherRequest(
                        last.signal().number(),
                        last.arrivedAt(),
                        last instanceof SignalEvent.FromKernel,
                        next.signal().number(),
                        next.arrivedAt(),
                        next instanceof SignalEvent.FromKernel);
    }

    private static long bit(Signal signal) {
        return 1L << (signal.number() - 1);
    }

    /** Ends the group for the reason of its outer group. */
    synchronized void end(StopReason why) {
        if (reason == null) {
            reason = why;
            if (why instanceof StopReason.OfSignal of) {
                signal = of.event();
                come |= bit(signal.signal());
            }
            notifyAll();
        }
    }

    synchronized void close() {
        closed = true;
        reason = reason == null ? new StopReason.Closing() : reason;
        notifyAll();
    }

    synchronized Optional<SignalEvent> signal() {
        return Optional.ofNullable(signal);
    }

    synchronized boolean isEnding() {
        return reason != null;
    }

    synchronized List<String> abandoned() {
        return List.copyOf(abandoned);
    }

    /** Admits and begins a worker; an exception that is raised in the calling thread meanwhile comes at its end. */
    void start(GroupWorker worker) throws IOException {
        try {
            Unbroken.call(() -> {
                begin(worker);
                return worker;
            });
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void begin(GroupWorker worker) throws IOException {
        admit(worker);
        try {
            worker.begin();
        } catch (Throwable failure) {
            withdraw(worker, failure);
            throw failure;
        }
    }

    /** Adds the worker. If the group ends, throws the reason. */
    synchronized void admit(GroupWorker worker) {
        refuseWhereEnding(worker);
        workers.add(worker);
    }

    /** Throws the reason if the group ends. */
    synchronized void refuseWhereEnding(GroupWorker worker) {
        if (closed) {
            throw new IllegalStateException("the worker group is closed: " + worker.name() + " can't be started");
        }
        if (reason != null) {
            noteThrown();
            throw reason.exception();
        }
    }

    /** Notes that the caller learns of the signal, unless the caller is a worker of the group. */
    private void noteThrown() {
        GroupThread self = GroupThread.current();
        signalIsThrown |= signal != null && (self == null || self.group() != this);
    }

    /** Removes a worker that could not start. */
    synchronized void withdraw(GroupWorker worker, Throwable why) {
        if (why instanceof SignalInterrupt) {
            noteThrown();
        }
        workers.remove(worker);
        worker.noteEnd();
        notifyAll();
    }

    /**
     * Notes the end of a worker. The failure of an abandoned worker is not thrown any more.
     *
     * @param by the signal of the group that the worker died from; no failure if that signal comes to this process too
     */
    synchronized void ended(GroupWorker worker, @Nullable WorkerFailure failure, @Nullable Signal by) {
        boolean awaited = workers.remove(worker);
        worker.noteEnd();
        if (failure != null) {
            worker.noteFailure(failure, by);
            if (awaited) {
                failures.add(failure, by);
            }
        }
        notifyAll();
    }

    /** Waits for the worker no more. */
    synchronized void abandon(GroupWorker worker) {
        if (workers.remove(worker)) {
            abandoned.add(worker.name());
        }
    }

    synchronized List<GroupWorker> workers() {
        return List.copyOf(workers);
    }

    /** Waits until the group has a reason to end. */
    synchronized StopReason awaitReason() throws InterruptedException {
        StopReason why = reason;
        while (why == null) {
            wait();
            why = reason;
        }
        return why;
    }

    /** Waits until all have ended, or until the time is over, or, with {@code untilSecond}, until a second request. */
    synchronized boolean awaitAll(RunningTime most, boolean untilSecond) throws InterruptedException {
        while (!workers.isEmpty() && !most.isOver() && !(untilSecond && second != null)) {
            most.await(this);
        }
        return workers.isEmpty();
    }

    synchronized Optional<SignalEvent> second() {
        return Optional.ofNullable(second);
    }

    synchronized void settle() {
        settled = true;
        notifyAll();
    }

    /** Waits until the group is closed, or until another request comes that it has no worker for. */
    synchronized void awaitClosing() throws InterruptedException {
        while (!closed && late == null) {
            wait();
        }
    }

    synchronized Optional<SignalEvent> late() {
        return Optional.ofNullable(late);
    }

    /** Waits for the end of this worker, on a pool's thread. */
    synchronized void awaitEnd(GroupWorker worker) throws InterruptedException {
        while (workers.contains(worker)) {
            wait();
        }
    }

    /** Waits until it is settled. Keeps an interrupt for later. */
    synchronized void awaitSettled() {
        boolean interrupted = false;
        while (!settled) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for another worker of the group, on a worker's thread: a blocking call like any other. */
    synchronized boolean awaitSibling(BooleanSupplier done, Deadline deadline) throws InterruptedException {
        while (!done.getAsBoolean()) {
            if (deadline.isOver()) {
                return false;
            }
            deadline.await(this);
        }
        return true;
    }

    /** Waits until it is done, or, if the group ends, until it is settled; returns false if the time was over before. */
    synchronized boolean await(BooleanSupplier done, Deadline deadline) throws InterruptedException {
        boolean interrupted = false;
        try {
            while (!(reason != null ? settled : done.getAsBoolean())) {
                if (deadline.isOver()) {
                    return false;
                }
                try {
                    deadline.await(this);
                } catch (InterruptedException e) {
                    if (reason == null) {
                        throw e;
                    }
                    interrupted = true; // the join waits for the clean-up, which the grace period limits
                }
            }
            return true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    synchronized boolean isOpenOrSettled() {
        return reason == null || settled;
    }

    /** Whether the signal has come to the group, before or after its end. Under its lock. */
    boolean hasCome(@Nullable Signal asked) {
        return asked != null && (come & bit(asked)) != 0;
    }

    /** Throws the signal that ends the group with the failures suppressed in it, or the failures; each once. */
    synchronized void throwOutcome(boolean throwsFailures) {
        RuntimeException exception = signal != null ? SignalInterrupt.of(signal) : null;
        signalIsThrown |= signal != null;
        failures.dropExpected(this::hasCome);
        if (throwsFailures) {
            exception = failures.takeInto(exception);
        }
        if (exception != null) {
            throw exception;
        }
    }

    /** Throws what no method has thrown yet. */
    void throwUnthrown() {
        synchronized (this) {
            failures.dropExpected(this::hasCome);
            if (failures.isEmpty() && (signal == null || signalIsThrown)) {
                return;
            }
        }
        throwOutcome(true);
    }

    /** Under its lock. */
    boolean isIdle() {
        return workers.isEmpty();
    }
}
