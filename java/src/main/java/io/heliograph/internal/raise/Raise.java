package io.heliograph.internal.raise;

import io.heliograph.internal.jni.NativeRaise;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One exception on its way into one thread. Each attempt holds this object's monitor, so that no attempt is under way
 * when {@link #end} returns. An attempt never takes a lock that the suspended thread may hold.
 */
final class Raise {
    // As in raise.h.
    private static final int DONE = 0;
    private static final int CONSUMED = 1;
    private static final int GONE = 2;
    private static final int RUNS = 3;
    private static final int WAITS = 4;
    private static final int NATIVE = 5;
    private static final int WAITS_FREELY = 8;
    private static final int SENT_PARKED = 10;
    private static final int IN_BODY = 1;
    private static final int PATIENT = 2;
    private static final int INTERRUPTED = 4;
    private static final int VIRTUAL = 8;

    private static final long FIRST_DELAY = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LATER_DELAY = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long LAST_DELAY = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LATE = TimeUnit.SECONDS.toNanos(5);
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(100);
    /** After this many looks without processor time in between, the thread waits for longer than a moment. */
    private static final int WAITS_LONG = 3;
    /** The same in a native method, which may wait for a disk: an interrupt would close its channel. */
    private static final int BLOCKS_LONG = 9;

    private final Thread target;
    private final Throwable what;
    private final int kind;
    private final Runnable ifGone;
    private final long since = System.nanoTime();

    /** The raiser's. */
    private long delay = FIRST_DELAY;

    private long dueAt = since;
    /** Since when every look found the thread at work. */
    private long atWorkSince = since;

    private int idleLooks;
    private long cpuTime = -2;

    /** Written under the monitor. */
    private volatile boolean over;

    /** Whether it is known to have been thrown. */
    private volatile boolean thrown;

    /** Under the monitor. */
    private boolean sent;

    private boolean gone;
    private boolean interrupted;

    /**
     * @param inBody whether it may be raised only above {@link StackMarkers#body}
     * @param ifGone called on the raiser's thread if the target ends before it is reached
     */
    Raise(Thread target, Throwable what, boolean inBody, Runnable ifGone) {
        this.target = target;
        this.what = what;
        this.ifGone = ifGone;
        kind = (inBody ? IN_BODY : 0) | (VirtualThreads.isVirtual(target) ? VIRTUAL : 0);
    }

    Thread target() {
        return target;
    }

    /** When the next try is due, on {@link System#nanoTime}'s clock. */
    long dueAt() {
        return dueAt;
    }

    /** Called by the target when it has thrown what was sent. */
    void setThrown() {
        thrown = true;
    }

    /** Whether there is nothing left to try. */
    boolean isOver() {
        return over;
    }

    /** Tries once, on the raiser's thread. It throws what the target's own class throws, and OutOfMemoryError. */
    void attempt(PendingThrow former) {
        long rest = former.rest(System.nanoTime());
        if (rest > 0) {
            dueAt = System.nanoTime() + rest;
            return;
        }
        try {
            tryOnce(former);
        } finally {
            long now = System.nanoTime();
            delay = Math.min(delay * 3 / 2, now - since > LATE ? LAST_DELAY : LATER_DELAY);
            dueAt = now + delay;
        }
        if (isGone()) {
            ifGone.run();
        }
    }

    private synchronized void tryOnce(PendingThrow former) {
        if (over) {
            return;
        }
        int how = kind | (System.nanoTime() - atWorkSince > PATIENCE ? PATIENT : 0) | (interrupted ? INTERRUPTED : 0);
        int outcome = NativeRaise.attempt(target, what, how, former.place());
        if (outcome == SENT_PARKED) {
            former.foundParked(NativeRaise.cpuTime(target));
        }
        conclude(outcome);
        if (sent) {
            former.sentNow(() -> thrown);
        }
    }

    private synchronized boolean isGone() {
        return gone;
    }

    private synchronized void conclude(int outcome) {
        if (outcome == GONE && target.getState() == Thread.State.NEW) {
            return;
        }
        if (outcome == DONE || outcome == CONSUMED || outcome == GONE) {
            sent = outcome == DONE;
            gone = outcome == GONE;
            over = true;
            return;
        }
        boolean isIdle = isIdle(outcome);
        if (outcome != RUNS && (outcome != NATIVE || idleLooks > 0)) {
            atWorkSince = System.nanoTime();
        }
        if (isIdle && !interrupted) {
            interrupted = true;
            target.interrupt();
        }
    }

    /**
     * Whether the thread has waited in code of the JDK for a while. A thread that waits for a moment only, for a lock
     * or a disk, is better met afterwards: an interrupt would close the next channel that it uses.
     */
    private boolean isIdle(int outcome) {
        if (outcome != WAITS && outcome != WAITS_FREELY && outcome != NATIVE) {
            idleLooks = 0;
            return false;
        }
        long now = NativeRaise.cpuTime(target);
        idleLooks = now == cpuTime ? idleLooks + 1 : 0;
        cpuTime = now;
        return idleLooks >= (outcome == NATIVE ? BLOCKS_LONG : WAITS_LONG);
    }

    /**
     * Takes the exception if it was not raised yet; the target's own thread throws it. Returns null if there is nothing
     * to throw: our interrupt has ended a wait, which counts as the raise.
     */
    synchronized @Nullable Throwable take() {
        if (over) {
            return null;
        }
        boolean isConsumed = interrupted && !target.isInterrupted();
        end();
        if (isConsumed) {
            return null;
        }
        what.setStackTrace(new Throwable().getStackTrace());
        return what;
    }

    /**
     * Nothing is raised after this. Returns whether something was sent, which the target may not have thrown yet. Any
     * thread may call it.
     */
    synchronized boolean end() {
        if (!over) {
            over = true;
            if (interrupted && Thread.currentThread() == target) {
                Thread.interrupted(); // the interrupt was ours
            }
        }
        return sent;
    }
}
