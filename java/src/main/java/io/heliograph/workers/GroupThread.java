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

/** A body on a thread. Its own state is under its own lock. */
final class GroupThread extends GroupWorker implements ThreadWorker {
    private static final ThreadLocal<GroupThread> CURRENT = new ThreadLocal<>();

    private enum State {
        NEW,
        AT_WORK,
        LEFT
    }

    private final Body body;
    private final boolean virtual;
    /** Raises the exception that ends the body; null if an interrupt does. */
    private final @Nullable RaisingRun raising;

    private State state = State.NEW;
    private @Nullable Thread thread;
    private @Nullable Throwable endedBy;
    /** The inner group that it waits for. A signal ends that group, and its join throws. */
    private @Nullable GroupState awaitedGroup;
    /** Whether the exception of the join tells the body to end. */
    private boolean isToldByJoin;
    /** The depth of nested unbroken sections. */
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

    /** The worker whose body the calling thread runs. */
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

    /** After this nothing interrupts the thread, which may run another body next. */
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

    /** Whether the join of an inner group delivers the reason. If not, an interrupt ends the join. */
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

    /** Throws if the body is asked to end, outside of its unbroken sections. */
    void checkpoint() {
        StopReason why = asked;
        if (why == null) {
            return;
        }
        if (raising != null) {
            Unbroken.throwPending(); // throws once in a body, as a raise does
            return;
        }
        synchronized (this) {
            if (unbrokenDepth > 0) {
                return;
            }
            Thread.interrupted(); // the exception replaces the interrupt, which must not break the clean-up off
        }
        throw why.exception();
    }

    /**
     * As {@link WorkerGroup#unbroken(Callable)}, on any thread. It defers exceptions of {@code Signals.raiseIn} too.
     */
    static <T> T unbroken(Callable<T> section) throws Exception {
        GroupThread self = CURRENT.get();
        return Unbroken.call(self == null || self.raising != null ? section : () -> self.uninterrupted(section));
    }

    /** Whether an exception raised in its body asks it to end. */
    boolean isRaisedIn() {
        return raising != null;
    }

    /** Runs a section of our own. An exception that is raised in the calling thread comes at its end. */
    static <T> T withoutRaises(Callable<T> section) throws InterruptedException {
        try {
            return Unbroken.call(section);
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Runs the section. Interrupts that come before it or meanwhile wait for its end. */
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

    /** Notes that it waits for an inner group. If a signal ends the outer group, it ends the inner group, too. */
    void beginJoin(GroupState inner) {
        StopReason why;
        synchronized (this) {
            awaitedGroup = inner;
            why = asked;
            isToldByJoin = endsInner(why);
            if (isToldByJoin) {
                Thread.interrupted(); // the inner group's exception replaces the interrupt
            }
        }
        if (why != null && endsInner(why)) {
            inner.end(why);
        }
    }

    /** Notes the end of the wait. A reason that came meanwhile is delivered, unless the join throws it. */
    synchronized void endJoin(boolean isTold) {
        awaitedGroup = null;
        if (isToldByJoin && !isTold) {
            deliver();
        }
        isToldByJoin = false;
    }

    /** With {@link Interruption#RAISE}: throws if no signal, but the closing of the outer group, has ended a join. */
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

    /**
     * Whether a body that is asked to end may end with this: one of the JDK's exceptions for it, or one with such a
     * cause.
     */
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
