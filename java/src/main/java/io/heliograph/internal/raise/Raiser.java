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

/**
 * The thread that raises, and the exceptions on their way. It starts with the first use, so that none must start when a
 * signal arrives.
 */
final class Raiser {
    // As in raise.h.
    private static final int READY = 0;
    private static final int REFUSED = 1;

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

    private static final Raiser INSTANCE = new Raiser();

    private final Object lock = new Object();
    /**
     * By target; used by the raiser's thread alone. An entry goes when it is not needed, so that it keeps no thread
     * alive.
     */
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
     * Takes the capabilities for raising from the JVM and starts the thread, at the first call.
     *
     * @throws UnsupportedOperationException if the JVM does not give them; the message says why in one line
     * @throws UnsatisfiedLinkError if there is no native library
     */
    static void require(boolean virtualThreads) {
        INSTANCE.prepare(virtualThreads);
    }

    /** Whether this is the raiser's thread, which cannot suspend itself. */
    static boolean isIts(Thread thread) {
        return thread == INSTANCE.thread;
    }

    static void add(Raise raise) {
        INSTANCE.put(raise);
    }

    /** Takes the exception that the raiser would raise in the calling thread. The raiser will not raise it then. */
    static @Nullable Throwable takeForCaller() {
        return INSTANCE.any ? INSTANCE.take(Thread.currentThread()) : null;
    }

    /**
     * Takes the exception that the calling thread was sent and has not thrown yet. Java 17 may throw it only when the
     * thread next enters the VM, which could be in the middle of an unbroken section.
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
                // Most likely no memory; a later round may find some. An interrupt of this thread means nothing.
                LockSupport.parkNanos(PAUSE);
            }
        }
    }

    /** A failure concerns one target; the others have their turn. */
    private void attempt(Raise raise) {
        Thread target = raise.target();
        try {
            PendingThrow former = formers.computeIfAbsent(target, another -> new PendingThrow());
            raise.attempt(former);
            if (former.isOver(System.nanoTime())) {
                formers.remove(target);
            }
        } catch (RuntimeException | Error tooBad) {
            // It is tried again when it is due.
        }
    }

    /** The first one of each thread: a thread must throw one before it is sent another. */
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
