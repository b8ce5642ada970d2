package io.heliograph.agent;

import io.heliograph.Signal;
import io.heliograph.agent.action.Shutdown;
import io.heliograph.internal.dispatch.DispositionReader;
import io.heliograph.internal.dispatch.SignalRuntime;
import io.heliograph.internal.jni.Native;
import io.heliograph.internal.text.Printable;
import io.heliograph.internal.text.StandardError;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Checks every two seconds whether a native library's sigaction(2), which we cannot see, has replaced the agent's
 * disposition of a signal. It reports that once, and changes nothing.
 */
final class HandlerWatch implements Runnable {
    private static final long MILLIS_BETWEEN_LOOKS = TimeUnit.SECONDS.toMillis(2);

    /** A standard error without a reader can block a line for ever. */
    private static final long MOST_MILLIS = TimeUnit.SECONDS.toMillis(10);

    private static @Nullable Thread thread;

    private final Set<String> said = new HashSet<>();
    /** Bit n-1 is signal n. */
    private long displacedBefore;

    private HandlerWatch() {}

    /** Starts the watch on a thread of its own, unless it is running. */
    static synchronized void start() {
        if (thread == null) {
            // Inherits no thread locals and no class loader from the attaching thread, which it would keep alive.
            Thread made = new Thread(null, new HandlerWatch(), "heliograph-watch", 0, false);
            made.setDaemon(true);
            made.setContextClassLoader(ClassLoader.getSystemClassLoader());
            made.start();
            thread = made;
        }
    }

    /**
     * Ends the watch. When it returns, the thread has ended, unless it hangs in a write or the caller is interrupted.
     */
    static synchronized void stop() {
        Thread ending = thread;
        if (ending == null) {
            return;
        }
        thread = null;
        ending.interrupt();
        try {
            ending.join(MOST_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the thread ends all the same
        }
    }

    /** The thread's body. */
    @Override
    public void run() {
        try {
            for (; ; ) {
                Thread.sleep(MILLIS_BETWEEN_LOOKS);
                look();
                tellOfAppHandlers();
                SignalRuntime.prepareFlight();
            }
        } catch (InterruptedException stopped) {
            // The watch ends.
        }
    }

    private static void tellOfAppHandlers() {
        try {
            Shutdown.tellOfAppHandlers();
        } catch (OutOfMemoryError untilTheNextLook) {
            // The watch goes on.
        }
    }

    /** Reports what two looks in a row show: our own handler is away for a moment while a default action runs. */
    private void look() {
        long displaced = Native.displaced();
        long twice = displaced & displacedBefore;
        displacedBefore = displaced;
        for (long left = twice; left != 0; left &= left - 1) {
            Signal signal = Signal.of(Long.numberOfTrailingZeros(left) + 1);
            DispositionReader.Read standing = new DispositionReader().read(signal);
            boolean isStill =
                    (Native.displaced() & left & -left) != 0; // else the disposition that we read may be our own
            if (isStill && !standing.ours()) {
                tell(signal, describe(standing));
            }
        }
    }

    private void tell(Signal signal, String what) {
        String line = signal + " " + what + ". It is left so: what the agent is to do with " + signal
                + " is done only where it is passed on to it";
        if (said.add(line)) {
            StandardError.println(line);
        }
    }

    private static String describe(DispositionReader.Read standing) {
        return switch (standing.kind()) {
            case DEFAULT -> "has been set to its default action by native code";
            case IGNORED -> "has been set to be ignored by native code";
            case CAUGHT ->
                standing.library()
                        .map(library -> "now goes to a handler of " + Printable.escape(library))
                        .orElse("now goes to a handler that lies in no library");
        };
    }
}
