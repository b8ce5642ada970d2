package io.heliograph.workers;

import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.SignalInterrupt;
import io.heliograph.internal.raise.Unbroken;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
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

    /** By processes that have ended: signals of the group that may be on their way to this process too. */
    private final Map<Member, Set<Signal>> approaching = new HashMap<>();

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

    /** A failure; not yet, where a signal of the group has ended the worker that may be on its way to this process too. */
    private record Failed(
            Member member, WorkerFailure failure, @Nullable Signal undecidedSignal) {}

    /**
     * A signal of the group has arrived. On the dispatcher's thread.
     *
     * @param isAnotherRequest whether, where one has come before, somebody asks again
     */
    synchronized void arrived(SignalEvent event, boolean isAnotherRequest) {
        if (signal == null) {
            signal = event;
            reason = reason == null ? new Reason.OfSignal(event) : reason;
        } else if (isAnotherRequest && event.sequence() != signal.sequence()) { // an outer group may have been faster
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
     * It has ended; where an abandoned one still does, nobody is told any more what it failed with.
     *
     * @param by the signal of the group that has ended it; it has not failed if that comes to this process too
     */
    synchronized void ended(Member member, @Nullable WorkerFailure failure, @Nullable Signal by) {
        boolean awaited = members.remove(member);
        member.noteEnd();
        if (failure != null && awaited) {
            untold.add(new Failed(member, failure, by));
        }
        if (failure != null && (by == null || !awaited)) {
            member.noteFailure(failure);
        }
        notifyAll();
    }

    /**
     * A process is about to be told as ended: these signals of the group have come to its process group before, and may be on
     * their way to this process as well.
     */
    synchronized void mayCome(Member member, Set<Signal> signals) {
        if (reason == null && !signals.isEmpty()) {
            approaching.put(member, signals);
        }
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
        if (!awaitApproaching()) {
            GroupSignals.awaitDispatched(GroupSignals.MOST_DISPATCHING);
        }
        synchronized (this) {
            return reason == null || settled;
        }
    }

    /**
     * Waits for the signals by which processes have ended, or which came to them before they ended, where these are on their
     * way to this one too: then the group ends, and who has died of one has not failed.
     *
     * @return whether there were such; then all that had arrived has been dispatched
     */
    boolean awaitApproaching() {
        Set<Failed> awaited;
        Set<Member> ended;
        Set<Signal> signals;
        synchronized (this) {
            awaited = undecided();
            ended = Set.copyOf(approaching.keySet());
            signals = awaited.stream().map(Failed::undecidedSignal).collect(Collectors.toCollection(HashSet::new));
            approaching.values().forEach(signals::addAll);
        }
        if (signals.isEmpty()) {
            return false;
        }
        GroupSignals.awaitApproaching(signals);
        decide(awaited, ended);
        return true;
    }

    private synchronized Set<Failed> undecided() {
        return untold.stream()
                .filter(failed -> failed.undecidedSignal() != null)
                .collect(Collectors.toSet());
    }

    private synchronized void decide(Set<Failed> awaited, Set<Member> ended) {
        approaching.keySet().removeAll(ended);
        untold.removeIf(failed -> awaited.contains(failed) && hasCome(failed.undecidedSignal()));
        untold.replaceAll(failed -> {
            if (!awaited.contains(failed)) {
                return failed;
            }
            failed.member().noteFailure(failed.failure());
            return new Failed(failed.member(), failed.failure(), null);
        });
    }

    private boolean hasCome(@Nullable Signal asked) {
        return Stream.of(signal, second, late).anyMatch(event -> event != null && event.signal() == asked);
    }

    /** Throws the signal that ends the group, or what workers have failed with, each once. */
    private synchronized void throwOutcome(boolean tellsFailures) {
        SignalEvent why = signal;
        RuntimeException exception = why != null ? SignalInterrupt.of(why) : null;
        signalIsTold |= why != null;
        for (Failed failed : tellsFailures ? List.copyOf(untold) : List.<Failed>of()) {
            if (failed.undecidedSignal() != null) {
                continue; // of a worker that has come and gone since
            }
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

    /** Throws what nobody has been told yet. */
    void throwUntold() {
        synchronized (this) {
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
