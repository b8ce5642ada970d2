package io.heliograph.internal.raise;

import io.heliograph.internal.jni.NativeRaise;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * One run of a body, in which an exception can be raised from outside: at most once, and never outside the body.
 *
 * <p>{@link #run} is called once, on the body's thread; {@link #raise} from any thread, before, during and after.
 */
public final class RaisingRun {
    /** Under the monitor. */
    private @Nullable Thread thread;

    private @Nullable Throwable asked;
    private @Nullable Raise raise;
    private boolean left;

    /**
     * Takes from the JVM what raising needs, if this is the first use.
     *
     * @param inVirtualThread whether the body is to run in a virtual thread
     * @throws UnsupportedOperationException where the JVM does not give it; the message says why, in one line
     * @throws UnsatisfiedLinkError where there is no native library
     */
    public RaisingRun(boolean inVirtualThread) {
        Raiser.require(inVirtualThread);
    }

    /**
     * Takes from the JVM what raising in platform threads needs, if this is the first use.
     *
     * @throws UnsupportedOperationException as {@link #RaisingRun}
     * @throws UnsatisfiedLinkError where there is no native library
     */
    public static void require() {
        Raiser.require(false);
    }

    /**
     * Runs the body. Nothing is thrown here: what the body threw is returned, be it raised or its own; null where it
     * returned. If something was raised before, it is returned at once, and the body does not run.
     */
    public @Nullable Throwable run(Callable<?> body) {
        Throwable before = enter();
        if (before != null) {
            return before;
        }
        Throwable thrown = null;
        try {
            try {
                StackMarkers.body(body);
            } catch (Throwable itsOwnOrRaised) {
                thrown = itsOwnOrRaised;
            }
            leave();
        } catch (Throwable late) {
            // Sent while the body was leaving: it is over all the same. At most one was sent, so nothing comes any
            // more.
            leave();
            if (thrown == null && late != asked()) {
                thrown = late; // no memory, or no stack
            }
        }
        return thrown;
    }

    /**
     * Raises the exception in the body: at once where it is at work, before it begins where it has not; does nothing where
     * it has ended. What is raised belongs to this run alone: its stack trace is set to the body's.
     *
     * <p>It does not wait. Where the body waits in a lock or queue of {@code java.util.concurrent}, it is interrupted
     * instead, and where it is in other code of the JDK, or in {@link Unbroken}, it is raised as soon as that is left.
     *
     * @return whether this was the first call, and the body had not ended
     */
    public synchronized boolean raise(Throwable what) {
        if (asked != null || left) {
            return false;
        }
        asked = what;
        if (thread != null) {
            raise = new Raise(thread, what, true, () -> {});
            Raiser.add(raise);
        }
        return true;
    }

    private synchronized @Nullable Throwable asked() {
        return asked;
    }

    private synchronized @Nullable Throwable enter() {
        if (thread != null || left) {
            throw new IllegalStateException("a RaisingRun runs once");
        }
        if (asked != null) {
            left = true;
            asked.setStackTrace(new Throwable().getStackTrace());
            return asked;
        }
        thread = Thread.currentThread();
        return null;
    }

    private void leave() {
        Raise begun;
        synchronized (this) {
            left = true;
            begun = raise;
        }
        // From here on none is begun, and one that is under way ends before end() has its monitor.
        if (begun != null && begun.end()) {
            try {
                NativeRaise.flush();
            } finally {
                begun.setThrown();
            }
        }
    }
}
