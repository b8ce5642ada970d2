package io.heliograph.workers;

import io.heliograph.SignalInterrupt;
import io.heliograph.internal.raise.RaisingRun;
import io.heliograph.internal.raise.Unbroken;
import io.heliograph.internal.raise.VirtualThreads;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** A body, and what is known of its thread. Its own state is under its own lock. */
final class GroupThread extends GroupWorker implements ThreadWorker {
    private static final ThreadLocal<GroupThread> CURRENT = new ThreadLocal<>();

    private enum State {
        NEW,
        AT_WORK,
        LEFT
    }

    private final Body body;
    private final boolean virtual;
    /** Where it is asked by an exception raised in its body; null where by an interrupt. */
    private final @Nullable RaisingRun raising;

    private State state = State.NEW;
    private @Nullable Thread thread;
    private @Nullable Throwable endedBy;
    /** The group that it waits for, which is to end then instead. */
    private @Nullable GroupState awaitedGroup;
    /** It is asked by what the join will throw. */
    private boolean isToldByJoin;
    /** Of nested sections that are not to be broken off. */
    private int unbrokenDepth;

    private boolean interruptIsDue;
    /** Written under the lock. */
    private volatile @Nullable StopReason asked;

    GroupThread(GroupState group, String name, Body body, boolean virtual, Interruption how) {
        super(group, name);
        this.body = body;
        this.virtual = virtual;
        raising = how == Interruption.RAISE ? new RaisingRun(virtual) : null;
    }

    /** The one whose body this thread runs. */
    static @Nullable GroupThread current() {
        return CURRENT.get();
    }

    @Override
    void begin() {
        (virtual ? VirtualThreads.make(name(), this::run) : platformThread()).start();
    }

    private Thread platformThread() {
        Thread made = new Thread(null, this::run, name(), 0, true);
        made.setDaemon(true);
        return made;
    }

    @Override
    void runToEnd() {
        if (!virtual) {
            Thread.currentThread().setName(name());
            run();
            return;
        }
        try {
            begin();
            group().awaitEnd(this);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable failure) {
            group().ended(this, failureOf(failure), null);
        }
    }

    private void run() {
        CURRENT.set(this);
        Throwable thrown = enter() ? runBody() : null;
        CURRENT.remove();
        leave(thrown);
        boolean failed = thrown != null && !(group().isEnding() && isInterruption(thrown));
        group().ended(this, failed && thrown != null ? failureOf(thrown) : null, null);
    }

    private @Nullable Throwable runBody() {
        RaisingRun run = raising;
        if (run != null) {
            return run.run(() -> {
                body.run();
                return null;
            });
        }
        try {
            body.run();
            return null;
        } catch (Throwable anything) {
            return anything;
        }
    }

    private WorkerFailure failureOf(Throwable cause) {
        return new WorkerFailure(name(), cause.toString(), cause);
    }

    private synchronized boolean enter() {
        if (state != State.NEW) {
            return false;
        }
        state = State.AT_WORK;
        thread = Thread.currentThread();
        return true;
    }

    /** From here on nothing interrupts the thread, which may run another body. */
    private synchronized void leave(@Nullable Throwable thrown) {
        state = State.LEFT;
        thread = null;
        endedBy = thrown;
        Thread.interrupted();
    }

    @Override
    void ask(StopReason reason) {
        GroupState inner;
        boolean neverBegins;
        synchronized (this) {
            if (asked != null || state == State.LEFT) {
                return;
            }
            asked = reason;
            neverBegins = state == State.NEW;
            inner = endsInner(reason) ? awaitedGroup : null;
            if (neverBegins) {
                state = State.LEFT;
            } else if (inner == null) {
                deliver();
            } else {
                isToldByJoin = true;
            }
        }
        if (inner != null) {
            inner.end(reason);
        }
        if (neverBegins) {
            group().ended(this, null, null);
        }
    }

    /** Whether a join that it waits in tells it, and nothing else; else an interrupt ends the join. */
    private boolean endsInner(@Nullable StopReason reason) {
        return reason instanceof StopReason.OfSignal || (reason != null && raising != null);
    }

    private void interrupt() {
        Thread at = thread;
        if (unbrokenDepth > 0) {
            interruptIsDue = true;
        } else if (at != null) {
            at.interrupt();
        }
    }

    @Override
    boolean force() {
        group().abandon(this);
        return false;
    }

    @Override
    String description() {
        return "thread";
    }

    @Override
    public synchronized Optional<Thread> thread() {
        return Optional.ofNullable(thread);
    }

    @Override
    public synchronized Optional<Throwable> endedBy() {
        return Optional.ofNullable(endedBy);
    }

    /** Throws where the body is asked to end, outside of its unbroken sections. */
    void checkpoint() {
        StopReason why = asked;
        if (why == null) {
            return;
        }
        if (raising != null) {
            Unbroken.throwPending(); // once, as everywhere in the body
            return;
        }
        synchronized (this) {
            if (unbrokenDepth > 0) {
                return;
            }
            Thread.interrupted(); // this tells it instead: the clean-up is not to be interrupted
        }
        throw why.exception();
    }

    /** As {@link WorkerGroup#unbroken(Callable)}; on any thread: what {@code Signals.raiseIn} raises is deferred as well. */
    static <T> T unbroken(Callable<T> section) throws Exception {
        GroupThread self = CURRENT.get();
        return Unbroken.call(self == null || self.raising != null ? section : () -> self.uninterrupted(section));
    }

    /** Whether it is asked by an exception that is raised in its body. */
    boolean isRaisedIn() {
        return raising != null;
    }

    /** What is raised in the calling thread comes at the end of the section, one of ours. */
    static <T> T withoutRaises(Callable<T> section) throws InterruptedException {
        try {
            return Unbroken.call(section);
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** An interrupt that came before is kept for the end of the section, as is one that comes meanwhile. */
    private <T> T uninterrupted(Callable<T> section) throws Exception {
        synchronized (this) {
            if (unbrokenDepth++ == 0 && asked != null) {
                interruptIsDue = Thread.interrupted();
            }
        }
        try {
            return section.call();
        } finally {
            synchronized (this) {
                if (--unbrokenDepth == 0 && interruptIsDue) {
                    interruptIsDue = false;
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    /** It is about to wait for a group of its own: where its outer group ends by a signal, so does that one. */
    void beginJoin(GroupState inner) {
        StopReason why;
        synchronized (this) {
            awaitedGroup = inner;
            why = asked;
            isToldByJoin = endsInner(why);
            if (isToldByJoin) {
                Thread.interrupted(); // the inner group's exception tells it
            }
        }
        if (why != null && endsInner(why)) {
            inner.end(why);
        }
    }

    /** It does not wait any more; what asked it meanwhile comes again, unless the join will tell it. */
    synchronized void endJoin(boolean isTold) {
        awaitedGroup = null;
        if (isToldByJoin && !isTold) {
            deliver();
        }
        isToldByJoin = false;
    }

    /** At the end of a join which only the closing of the outer group has ended. */
    void throwWhereClosed() {
        StopReason why = asked;
        if (why instanceof StopReason.Closing && raising != null) {
            throw why.exception();
        }
    }

    /** Under its lock. */
    private void deliver() {
        StopReason why = asked;
        if (why != null && raising != null) {
            raising.raise(why.exception());
        } else {
            interrupt();
        }
    }

    /** Whether this is how a body ends that was asked to: the JDK's exceptions for it, also where others wrap them. */
    private static boolean isInterruption(Throwable thrown) {
        int depth = 0;
        for (Throwable at = thrown; at != null && depth < 32; at = at.getCause(), depth++) {
            if (at instanceof SignalInterrupt
                    || at instanceof InterruptedException
                    || at instanceof ClosedByInterruptException
                    || at instanceof CancellationException
                    || at instanceof InterruptedIOException
                    || at instanceof FileLockInterruptionException
                    || (at instanceof SocketException && "Closed by interrupt".equals(at.getMessage()))) {
                return true;
            }
        }
        return false;
    }
}
