package io.heliograph.agent.action;

import io.heliograph.Signal;
import io.heliograph.internal.dispatch.ShutdownTerms;
import io.heliograph.internal.dispatch.SignalRuntime;
import io.heliograph.internal.jni.Native;
import io.heliograph.internal.jni.NativeShutdown;
import io.heliograph.internal.proc.SignalNumbers;
import io.heliograph.internal.text.Printable;
import io.heliograph.internal.text.StandardError;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The two Java threads of an end in order: one begins it, the other reports at the deadline where the exit hangs. Both wait in
 * native code, and depend neither on the dispatcher nor on a worker, which may hang.
 */
final class ShutdownThreads {
    /** A dispatcher that hangs must not use up the time of the hooks. */
    private static final long MOST_NANOS_BEFORE = TimeUnit.MILLISECONDS.toNanos(500);

    /* enum heliograph_hold_end */
    private static final int HOLD_RELEASED = 1;
    private static final int HOLD_REQUEST = 2;

    // No lambdas: they would run before main, see AgentStart.
    private final Thread exit = daemon("heliograph-exit", new Runnable() {
        @Override
        public void run() {
            endWhenAsked();
        }
    });
    private final Thread deadline = daemon("heliograph-deadline", new Runnable() {
        @Override
        public void run() {
            reportAtTheDeadline();
        }
    });
    private final Told first = new Told();
    private final Told last = new Told();
    private volatile @Nullable ShutdownHooks hooks;

    private ShutdownThreads() {}

    static ShutdownThreads start() {
        ShutdownThreads threads = new ShutdownThreads();
        threads.exit.start();
        threads.deadline.start();
        return threads;
    }

    /** Waits for their end, after native code has ended their waits. */
    void join() {
        boolean interrupted = false;
        for (Thread thread : new Thread[] {exit, deadline}) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(String name, Runnable body) {
        Thread thread = new Thread(null, body, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        return thread;
    }

    /** If it fails, the thread goes on: it may succeed when it counts. */
    private static void rehearse(Runnable rehearsal) {
        try {
            rehearsal.run();
        } catch (Throwable toldWhenItIsNeeded) {
            // The last line will say that there is no dump.
        }
    }

    private void endWhenAsked() {
        rehearse(this::rehearseHooks);
        int signal = NativeShutdown.awaitBegin();
        if (signal == 0) {
            return;
        }
        begin(Signal.of(signal), Shutdown.terms(Signal.of(signal)));
    }

    private void begin(Signal signal, @Nullable ShutdownTerms terms) {
        boolean isLeftToApp = terms != null && terms.isLeftToApp();
        boolean wasHeld = terms != null && terms.holdNanos() > 0;
        if (wasHeld) {
            tellWhyHoldEnded(signal);
        } else if (!isLeftToApp) {
            awaitEarlierActions(signal);
        }
        noteHooks();
        if (terms != null && isLeftToApp) {
            leaveToApp(signal, terms);
        } else {
            tellOfAppHandler(signal);
            exit(signal);
        }
    }

    private static void tellWhyHoldEnded(Signal signal) {
        int end = NativeShutdown.holdEnd();
        if (end != HOLD_RELEASED) {
            StandardError.println(signal + ": the end begins now: "
                    + (end == HOLD_REQUEST ? "a second request came" : "the time of the actions before it is over"));
        }
    }

    private void rehearseHooks() {
        ShutdownHooks its = new ShutdownHooks();
        hooks = its;
        its.all();
        its.atWork();
    }

    private static void tellOfAppHandler(Signal signal) {
        try {
            AppHandler.tellOfOneSetAside(signal);
        } catch (Throwable failure) {
            // No memory: it exits all the same.
        }
    }

    private static void exit(Signal signal) {
        try {
            Runtime.getRuntime().exit(SignalNumbers.EXITED_BY_SIGNAL + signal.number());
        } catch (Throwable refused) {
            StandardError.println("the exit that " + signal + " asks for was refused: " + Printable.escape("" + refused)
                    + ": a second request ends the process");
        }
    }

    /** The app's own handlers run, or have begun to. */
    private static void leaveToApp(Signal signal, ShutdownTerms terms) {
        try {
            String handler = AppHandler.of(signal);
            if (handler != null) {
                StandardError.println(signal + " goes to the app's own handler, " + Printable.escape(handler)
                        + ". If the process has not ended " + TimeArgument.text(Duration.ofNanos(terms.withinNanos()))
                        + " after the arrival, it is ended");
            }
        } finally {
            if (terms.holdNanos() > 0 && !SignalRuntime.get().isCaughtByProgram(signal)) {
                NativeShutdown.passOn(signal.number());
            }
        }
    }

    /** Hands the hooks to native code now, for later the VM may hang. */
    private void noteHooks() {
        try {
            ShutdownHooks its = hooks;
            if (its != null) {
                first.tell(its.all());
            }
        } catch (Throwable failure) {
            // No memory: native code reports the hooks as unknown.
        }
    }

    /**
     * The signal's other actions come first: the dump of {@code TERM=thread-dump+shutdown:5s} shows the state before
     * the hooks.
     */
    private static void awaitEarlierActions(Signal signal) {
        try {
            if (!SignalRuntime.get().awaitObservers(signal, MOST_NANOS_BEFORE)) {
                StandardError.println(signal + ": the end begins now: half a second is over, and the actions before "
                        + "it are not done. run:Class.method:10s for one gives a method 10 s");
            }
        } catch (Throwable failure) {
            // Interrupted, or no memory: it exits all the same.
        }
    }

    private void reportAtTheDeadline() {
        rehearse(ThreadDump::rehearse);
        if (NativeShutdown.awaitDeadline() == 0) {
            return;
        }
        boolean isWhole = false;
        try {
            tellWhoIsAtWork();
            ThreadDump.write(StandardError::print, false);
            isWhole = true;
        } catch (Throwable failure) {
            // Most likely no memory. Native code reports that there is no dump.
        }
        NativeShutdown.told(isWhole);
    }

    /** First, for native code to print it last, below the dump. */
    private void tellWhoIsAtWork() {
        ShutdownHooks seen = hooks;
        if (seen != null) { // else there was no memory, and native code reports the hooks as unknown
            last.tell(seen.atWork());
        }
    }

    /** A buffer for a text that goes to native code, allocated while there is memory. */
    private static final class Told {
        private static final int MOST_BYTES = 3072;

        private final ByteBuffer buffer = ByteBuffer.allocateDirect(MOST_BYTES);
        private final long address = Native.address(buffer);

        void tell(String text) {
            byte[] line = text.getBytes(StandardCharsets.US_ASCII);
            int length = Math.min(line.length, MOST_BYTES);
            buffer.put(0, line, 0, length);
            NativeShutdown.atWork(address, length);
        }
    }
}
