package io.heliograph.workers;

import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.SignalInterrupt;
import io.heliograph.internal.raise.Unbroken;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The course of a group, from its opening to the end of its workers. Its lock is its own monitor, since that needs no
 * memory to wait for: the dispatcher of signals takes it too. It is only ever held for a moment.
 */
final class Course {
    private final Set<Member> members = new LinkedHashSet<>();
    /** What is to be told by whoever joins. */
    private final List<Failed> untold = new ArrayList<>();

    private final List<String> abandoned = new ArrayList<>();
    /** Why it ends; null as long as workers may be started. */
    private @Nullable Reason reason;

    private @Nullable SignalEvent signal;
    private @Nullable SignalEvent second;
    /** One that has come when all had ended. */
    private @Nullable SignalEvent late;

    private boolean signalIsTold;
    private boolean closed;
    /** It ends, and nobody is waited for any more. */
    private boolean settled;

    /**
     * What a worker has failed with.
     *
     * @param by the signal of the group that has ended it: no failure, if that signal has come to this process, too
     */
    private record Failed(WorkerFailure failure, @Nullable Signal by) {}

    /** A signal of the group has arrived. On the dispatcher's thread. */
    synchronized void arrived(SignalEvent event) {
        if (signal == null) {
            signal = event;
            reason = reason == null ? new Reason.OfSignal(event) : reason;
        } else if (event.sequence() != signal.sequence()) { // an outer group may have been faster
            if (settled || members.isEmpty()) {
                late = event;
            } else if (second == null) {
                second = event;
            }
        }
        notifyAll();
    }

    /** Ends it for somebody else's reason. */
    synchronized void end(Reason why) {
        if (reason == null) {
            reason = why;
            signal = why instanceof Reason.OfSignal of ? of.event() : signal;
            notifyAll();
        }
    }

    synchronized void close() {
        closed = true;
        reason = reason == null ? new Reason.Closing() : reason;
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

    /** Takes the worker in, or throws what ends the group. */
    synchronized void admit(Member member) {
        refuseWhereEnding(member);
        members.add(member);
    }

    /** Throws what ends the group, if it ends. */
    synchronized void refuseWhereEnding(Member member) {
        if (closed) {
            throw new IllegalStateException("the worker group is closed: " + member.name() + " can't be started");
        }
        if (reason != null) {
            noteTold();
            throw reason.exception();
        }
    }

    /** A worker of the group itself tells nobody else. */
    private void noteTold() {
        ThreadMember self = ThreadMember.current();
        signalIsTold |= signal != null && (self == null || self.course() != this);
    }

    /** It could not be started, and its starter is told why. */
    synchronized void withdraw(Member member, Throwable why) {
        if (why instanceof SignalInterrupt) {
            noteTold();
        }
        members.remove(member);
        member.noteEnd();
        notifyAll();
    }

    /**
     * It has ended. The failure of an abandoned worker is not thrown any more.
     *
     * @param by the signal of the group that has ended it: no failure, if that signal comes to this process, too
     */
    synchronized void ended(Member member, @Nullable WorkerFailure failure, @Nullable Signal by) {
        boolean awaited = members.remove(member);
        member.noteEnd();
        if (failure != null) {
            member.noteFailure(failure, by);
            if (awaited) {
                untold.add(new Failed(failure, by));
            }
        }
        notifyAll();
    }

    /** The worker is left to itself. */
    synchronized void abandon(Member member) {
        if (members.remove(member)) {
            abandoned.add(member.name());
        }
    }

    synchronized List<Member> members() {
        return List.copyOf(members);
    }

    /** Waits until the group is to end. */
    synchronized Reason awaitReason() throws InterruptedException {
        Reason why = reason;
        while (why == null) {
            wait();
            why = reason;
        }
        return why;
    }

    /** Waits for the end of all, not beyond the deadline, nor where {@code untilSecond}, beyond a second signal. */
    synchronized boolean awaitAll(Deadline deadline, boolean untilSecond) throws InterruptedException {
        while (!members.isEmpty() && !deadline.isOver() && !(untilSecond && second != null)) {
            deadline.await(this);
        }
        return members.isEmpty();
    }

    synchronized Optional<SignalEvent> second() {
        return Optional.ofNullable(second);
    }

    synchronized void settle() {
        settled = true;
        notifyAll();
    }

    /** Waits until it is closed, or a signal comes that it has nothing to do for any more. */
    synchronized void awaitClosing() throws InterruptedException {
        while (!closed && late == null) {
            wait();
        }
    }

    synchronized Optional<SignalEvent> late() {
        return Optional.ofNullable(late);
    }

    /** Waits for the end of this worker, on a thread that is to do nothing else. */
    synchronized void awaitEnd(Member member) throws InterruptedException {
        while (members.contains(member)) {
            wait();
        }
    }

    /** Waits until it is settled, whatever interrupts. */
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

    /**
     * Waits until it is done, or, where the group ends, until it is settled; and throws what there is to tell.
     *
     * @param tellsFailures whether what workers have failed with is to be told
     * @return false where the time was over before
     */
    boolean join(BooleanSupplier done, Deadline deadline, boolean tellsFailures) throws InterruptedException {
        ThreadMember self = ThreadMember.current();
        try {
            if (self != null && self.course() == this) {
                return self.joinSibling(done, deadline);
            }
            if (self != null && self.isRaisedIn()) {
                // What its group raises comes at the end: it ends this one, too, and the clean-up is waited for.
                return ThreadMember.withoutRaises(() -> join(self, done, deadline, tellsFailures));
            }
            return join(self, done, deadline, tellsFailures);
        } catch (InterruptedException e) {
            // A thread that waits here is interrupted for what is raised in it. The exception is still to come: the
            // interrupt must not count as taken by the one who was to be told.
            Thread.currentThread().interrupt();
            Unbroken.throwPending();
            Thread.interrupted();
            throw e;
        }
    }

    private boolean join(@Nullable ThreadMember self, BooleanSupplier done, Deadline deadline, boolean tellsFailures)
            throws InterruptedException {
        if (self != null) {
            self.beginJoin(this);
        }
        boolean isDone = false;
        try {
            do {
                isDone = await(done, deadline);
            } while (isDone && !isDoneForGood());
        } finally {
            if (self != null) {
                self.endJoin(isDone);
            }
        }
        if (isDone) {
            ThreadMember.withoutRaises(() -> {
                throwOutcome(tellsFailures);
                return this;
            });
            if (self != null) {
                self.throwWhereClosed();
            }
        }
        return isDone;
    }

    private synchronized boolean await(BooleanSupplier done, Deadline deadline) throws InterruptedException {
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
                    interrupted = true; // the clean-up is waited for: the grace period ends it
                }
            }
            return true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whether it stays so: a signal that came before the last worker's end is to be heard, too. */
    private boolean isDoneForGood() {
        GroupSignals.awaitArrived();
        synchronized (this) {
            return reason == null || settled;
        }
    }

    /** Whether the signal has ended the group, or came when it ended already. Under its lock. */
    boolean hasCome(@Nullable Signal asked) {
        return Stream.of(signal, second, late).anyMatch(event -> event != null && event.signal() == asked);
    }

    /** Throws the signal that ends the group, or what workers have failed with, each once. */
    private synchronized void throwOutcome(boolean tellsFailures) {
        SignalEvent why = signal;
        RuntimeException exception = why != null ? SignalInterrupt.of(why) : null;
        signalIsTold |= why != null;
        dropExpected();
        for (Failed failed : tellsFailures ? List.copyOf(untold) : List.<Failed>of()) {
            untold.remove(failed);
            if (exception == null) {
                exception = failed.failure();
            } else {
                exception.addSuppressed(failed.failure());
            }
        }
        if (exception != null) {
            throw exception;
        }
    }

    /** A process that reads the terminal can die from its Ctrl-C before this process has heard of it. */
    private void dropExpected() {
        untold.removeIf(failed -> hasCome(failed.by()));
    }

    /** Throws what no method has thrown yet. */
    void throwUntold() {
        synchronized (this) {
            dropExpected();
            if (untold.isEmpty() && (signal == null || signalIsTold)) {
                return;
            }
        }
        throwOutcome(true);
    }

    /** Under its lock. */
    boolean isIdle() {
        return members.isEmpty();
    }
}
