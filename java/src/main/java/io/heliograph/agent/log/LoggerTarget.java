package io.heliograph.agent.log;

import io.heliograph.internal.text.Failure;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code log=logger}: hands each line to the {@link System.Logger} of the name {@code io.heliograph}, so that the app's own
 * logging has it.
 *
 * <p>On a thread of its own, which is started with the agent: the app's logging may hang or wait for a lock, and the agent's
 * thread must not. The logger is looked up at the first line, since an app may set its logging up after the agent's start.
 */
final class LoggerTarget implements LogTarget, Runnable {
    private static final String NAME = "io.heliograph";
    private static final long MOST_MILLIS = 500;

    private final long mostNanos;
    private final Thread thread;

    /** Under this one's lock, as the two behind it: the line that the logger has not done with. */
    private @Nullable String line;

    private @Nullable Throwable failure;
    private boolean closed;

    private LoggerTarget(long mostNanos) {
        this.mostNanos = mostNanos;
        // Without the thread locals and the class loader of whoever attaches.
        thread = new Thread(null, this, "heliograph-logger", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    }

    static LoggerTarget start() {
        LoggerTarget target = new LoggerTarget(TimeUnit.MILLISECONDS.toNanos(MOST_MILLIS));
        target.thread.start();
        return target;
    }

    @Override
    public synchronized void write(String text) throws Failure {
        if (closed) {
            throw new Failure("the agent has let go of the logger");
        }
        if (line == null) {
            line = text;
            failure = null;
            notifyAll();
            awaitDone();
        }
        if (line != null) {
            throw new Failure("the logger takes longer than " + MOST_MILLIS + " ms");
        }
        if (failure != null) {
            throw new Failure("the logger failed: " + failure);
        }
    }

    private void awaitDone() {
        long deadline = System.nanoTime() + mostNanos;
        for (long left = mostNanos; line != null && left > 0; left = deadline - System.nanoTime()) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException nobodys) {
                // An interrupt is for an action that waits for something of the app's.
            }
        }
    }

    /** The thread's body. */
    @Override
    public void run() {
        System.Logger logger = null;
        for (String next = next(); next != null; next = next()) {
            Throwable thrown = null;
            try {
                if (logger == null) {
                    logger = System.getLogger(NAME);
                }
                logger.log(System.Logger.Level.INFO, next);
            } catch (Throwable its) {
                thrown = its;
            }
            done(thrown);
        }
    }

    private synchronized @Nullable String next() {
        while (line == null && !closed) {
            try {
                wait();
            } catch (InterruptedException theLoggers) {
                // Left behind by the app's code, and for nobody.
            }
        }
        return line;
    }

    private synchronized void done(@Nullable Throwable thrown) {
        line = null;
        failure = thrown;
        notifyAll();
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** It is not interrupted: that would close the app's log file, where it is at work in a channel. */
    @Override
    public boolean awaitClosed(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.timedJoin(thread, nanos);
        return !thread.isAlive();
    }
}
