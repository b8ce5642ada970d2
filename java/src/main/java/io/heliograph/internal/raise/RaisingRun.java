package io.heliograph.internal.raise;

import io.heliograph.internal.jni.NativeRaise;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * One run of a body, in which another thread can raise an exception: at most once, and never outside the body.
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
     * Takes the JVM's capabilities for raising, at the first use.
     *
     * @param inVirtualThread whether the body is to run in a virtual thread
     * @throws UnsupportedOperationException if the JVM does not give them; the message says why in one line
     * @throws UnsatisfiedLinkError if there is no native library
     */
    public RaisingRun(boolean inVirtualThread) {
        Raiser.require(inVirtualThread);
    }

    /**
     * Takes the JVM's capabilities for raising in platform threads, at the first use.
     *
     * @throws UnsupportedOperationException as {@link #RaisingRun}
     * @throws UnsatisfiedLinkError if there is no native library
     */
    public static void require() {
        Raiser.require(false);
    }

    /**
     * Runs the body and throws nothing. Returns the exception that ended the body, raised or its own; null if the body
     * returned. If something was raised before, returns that at once without running the body.
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
            // It was sent while the body was leaving. At most one is sent, so nothing comes after it.
            leave();
            if (thrown == null && late != asked()) {
                thrown = late; // OutOfMemoryError or StackOverflowError
            }
        }
        return thrown;
    }

    /**
     * Raises the exception in the body: at once if it runs, before it begins if it has not; does nothing if it has
     * ended. The exception must belong to this run alone: its stack trace becomes the body's.
     *
     * <p>It does not wait. A body that waits in a lock or queue of {@code java.util.concurrent} is interrupted instead.
     * In other code of the JDK, and in {@link Unbroken}, it is raised as soon as the body leaves that.
     *
     * @return whether this was the first call and the body had not ended
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
        // No raise begins after this. One that is under way ends before end() gets its monitor.
        if (begun != null && begun.end()) {
            try {
                NativeRaise.flush();
            } finally {
                begun.setThrown();
            }
        }
    }
}
