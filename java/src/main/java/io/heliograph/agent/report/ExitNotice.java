package io.heliograph.agent.report;

import io.heliograph.internal.proc.OwnHook;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A shutdown hook that tells the beginning of the exit, and waits a moment for what is then written. */
final class ExitNotice implements Runnable {
    /** Its name, which the list of hooks at work leaves out. */
    static final String NAME = "heliograph-exit-notice";

    /** A sick VM must not have its exit delayed. */
    private static final long MOST_MILLIS = 300;

    private final Consumer<Runnable> notice;
    private final OwnHook hook = new OwnHook(NAME, this);

    /**
     * A notice.
     *
     * @param notice is given what to run when it is done
     */
    ExitNotice(Consumer<Runnable> notice) {
        this.notice = notice;
    }

    void add() {
        hook.add();
    }

    void remove() {
        hook.remove();
    }

    /** The hook's body. */
    @Override
    public void run() {
        try {
            CountDownLatch done = new CountDownLatch(1);
            notice.accept(done::countDown);
            done.await(MOST_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (OutOfMemoryError full) {
            // Native code says that the exit has begun.
        }
    }
}
