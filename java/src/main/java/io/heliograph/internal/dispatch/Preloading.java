package io.heliograph.internal.dispatch;

import io.heliograph.Delivery;
import io.heliograph.Disposition;
import io.heliograph.Registration;
import io.heliograph.SignalEvent;
import io.heliograph.SignalException;
import io.heliograph.internal.seam.NativeCall;
import io.heliograph.internal.seam.RecordBuffer;

/**
 * Loads the classes of the way from the pipe to the worker in a thread beside that which starts the agent, and which is
 * busy with the native library meanwhile. To load our classes is most of what a start of the agent takes.
 *
 * <p>They are loaded and not initialised: two threads that initialise classes can wait for each other (JLS 12.4.2).
 */
public final class Preloading implements Runnable {
    private static final Thread NOT_BEGUN = new Thread();

    private Preloading() {}

    /** Begins; where no thread can be started, the classes are loaded when they are needed. */
    public static Thread begin() {
        try {
            Thread thread = new Thread(null, new Preloading(), "heliograph-preload", 0, false);
            thread.setDaemon(true);
            thread.start();
            return thread;
        } catch (Throwable noMemory) {
            return NOT_BEGUN;
        }
    }

    /** The thread's. */
    @Override
    public void run() {
        classes();
    }

    /**
     * A class literal loads its class (JVMS 5.1). What the other thread needs last comes first, so that they do not walk
     * side by side.
     */
    private static Class<?>[] classes() {
        return new Class<?>[] {
            Mode.class,
            Mailbox.class,
            ExecutorPost.class,
            Disposition.Registered.class,
            Disposition.Asked.class,
            Drain.class,
            JvmSignals.class,
            NativeCall.class,
            SteerMode.class,
            WaitMode.class,
            Flight.class,
            SignalEvent.Lost.class,
            SignalEvent.ChildChanged.Change.class,
            SignalEvent.FromKernel.class,
            SignalEvent.TimerExpired.class,
            SignalEvent.ChildChanged.class,
            SignalEvent.Queued.class,
            EventDecoder.class,
            RecordBuffer.class,
            Dispatcher.class,
            Accounts.class,
            Audience.class,
            Audience.Stretch.class,
            SignalException.class,
            Registry.class,
            NativePipe.class,
            Fences.class,
            ShutdownClaim.Hearing.class,
            ShutdownClaim.class,
            Claim.Ready.class,
            Registration.class,
            SignalRuntime.class,
            Delivery.class
        };
    }
}
