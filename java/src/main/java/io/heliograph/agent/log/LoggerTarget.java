package io.heliograph.agent.log;

import io.heliograph.internal.text.Failure;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code log=logger}: hands each line to the {@link System.Logger} named {@code io.heliograph}, that is to the app's
 * logging.
 *
 * <p>It uses a thread of its own, which starts with the agent: the app's logging may hang, and the agent's thread must
 * not. It looks the logger up at the first line, for an app may set up its logging after the agent's start.
 */
final class LoggerTarget implements LogTarget, Runnable {
    private static final String NAME = "io.heliograph";
    private static final long MOST_MILLIS = 500;

    private final long mostNanos;
    private final Thread thread;

    /** The line that the logger is working on. Under this object's lock, as the next two. */
    private @Nullable String line;

    private @Nullable Throwable failure;
    private boolean closed;

    private LoggerTarget(long mostNanos) {
        this.mostNanos = mostNanos;
        // Inherits no thread locals and no class loader from the attaching thread.
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
                // An interrupt concerns an action that runs the app's code.
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
                // The app's logging has left an interrupt, which means nothing here.
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

    /** Does not interrupt the thread: that would close the app's log file if it writes to a channel. */
    @Override
    public boolean awaitClosed(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.timedJoin(thread, nanos);
        return !thread.isAlive();
    }
}
