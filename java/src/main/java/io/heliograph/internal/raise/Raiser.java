package io.heliograph.internal.raise;

import io.heliograph.internal.jni.NativeLibrary;
import io.heliograph.internal.jni.NativeRaise;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The thread that raises, and what is on its way. Started with the first use, since none is to start when a signal arrives. */
final class Raiser {
    // As in native/src/raise.h.
    private static final int READY = 0;
    private static final int REFUSED = 1;

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

    private static final Raiser INSTANCE = new Raiser();

    private final Object lock = new Object();
    /** By target; the thread's own. Not for longer than it is needed, so that no thread is kept. */
    private final IdentityHashMap<Thread, PendingThrow> formers = new IdentityHashMap<>();
    /** Under lock. */
    private final List<Raise> pending = new ArrayList<>();

    private boolean isReady;
    private boolean isReadyForVirtual;
    /** Whether {@link #pending} may hold something; read without the lock. */
    private volatile boolean any;

    private volatile @Nullable Thread thread;

    private Raiser() {}

    /**
     * Takes what raising needs from the JVM, and starts the thread, unless that has been done.
     *
     * @throws UnsupportedOperationException where the JVM does not give it; the message says why, in one line
     * @throws UnsatisfiedLinkError where there is no native library
     */
    static void require(boolean virtualThreads) {
        INSTANCE.prepare(virtualThreads);
    }

    /** Whether it is the raiser's own, which cannot suspend itself. */
    static boolean isIts(Thread thread) {
        return thread == INSTANCE.thread;
    }

    static void add(Raise raise) {
        INSTANCE.put(raise);
    }

    /** What is to be raised in the calling thread and was not yet; it is then taken, and will not be raised. */
    static @Nullable Throwable takeForCaller() {
        return INSTANCE.any ? INSTANCE.take(Thread.currentThread()) : null;
    }

    /**
     * Takes what the calling thread was sent and has not thrown yet, as Java 17 may leave it until the thread next comes to
     * the JVM (see native/src/raise_place.c): it would come within what is not to be broken off.
     */
    static @Nullable Throwable flush() {
        if (INSTANCE.thread == null) {
            return null;
        }
        try {
            NativeRaise.flush();
            return null;
        } catch (Throwable sent) {
            return sent;
        }
    }

    private void prepare(boolean virtualThreads) {
        synchronized (lock) {
            if (virtualThreads ? isReadyForVirtual : isReady) {
                return;
            }
            NativeLibrary.require();
            int result = NativeRaise.prepare(StackMarkers.class, virtualThreads);
            if (result != READY) {
                throw new UnsupportedOperationException(
                        result == REFUSED
                                ? "this JVM does not let exceptions be raised in threads: another agent has taken what suspends "
                                        + "them, a debugger perhaps; start it without that"
                                : "this JVM does not let exceptions be raised in threads: it has no tool interface (JVMTI) that does");
            }
            if (!isReady) {
                Thread started = new Thread(this::work, "heliograph-raise");
                started.setDaemon(true);
                started.start();
                thread = started;
            }
            isReady = true;
            isReadyForVirtual |= virtualThreads;
        }
    }

    private void put(Raise raise) {
        synchronized (lock) {
            pending.add(raise);
            any = true;
            lock.notifyAll();
        }
    }

    private @Nullable Throwable take(Thread thread) {
        if (StackMarkers.isUnbroken()) {
            return null;
        }
        List<Raise> its;
        synchronized (lock) {
            its = pending.stream().filter(raise -> raise.target() == thread).toList();
        }
        for (Raise raise : its) {
            Throwable what = raise.take();
            if (what != null) {
                return what;
            }
        }
        return null;
    }

    private void work() {
        for (; ; ) {
            try {
                for (Raise raise : due()) {
                    attempt(raise);
                }
            } catch (InterruptedException | RuntimeException | Error goesOn) {
                // No memory, most likely: a later round may find some. Nobody interrupts this thread for a reason.
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    /** A failure is that of one target, of a class of the program's perhaps: the others have their turn. */
    private void attempt(Raise raise) {
        Thread target = raise.target();
        try {
            PendingThrow former = formers.computeIfAbsent(target, another -> new PendingThrow());
            raise.attempt(former);
            if (former.isOver(System.nanoTime())) {
                formers.remove(target);
            }
        } catch (RuntimeException | Error tooBad) {
            // Again when it is due, as if it could not be reached.
        }
    }

    /** One at a time for each thread, that which came first: it is to have thrown one before it is sent another. */
    private List<Raise> due() throws InterruptedException {
        synchronized (lock) {
            for (; ; ) {
                formers.values().removeIf(former -> former.isOver(System.nanoTime()));
                pending.removeIf(Raise::isOver);
                any = !pending.isEmpty();
                long now = System.nanoTime();
                List<Raise> firsts = firsts();
                List<Raise> due = firsts.stream()
                        .filter(raise -> raise.dueAt() - now <= 0)
                        .toList();
                if (!due.isEmpty()) {
                    return due;
                }
                long most = firsts.stream()
                        .mapToLong(raise -> raise.dueAt() - now)
                        .min()
                        .orElse(formers.isEmpty() ? Long.MAX_VALUE : PendingThrow.MOST);
                TimeUnit.NANOSECONDS.timedWait(lock, most);
            }
        }
    }

    /** Under lock. */
    private List<Raise> firsts() {
        Set<Thread> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        return pending.stream().filter(raise -> seen.add(raise.target())).toList();
    }
}
