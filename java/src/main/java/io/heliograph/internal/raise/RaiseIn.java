package io.heliograph.internal.raise;

import io.heliograph.Delivery;
import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.SignalInterrupt;
import io.heliograph.internal.dispatch.NamedWorker;
import io.heliograph.internal.dispatch.SignalRuntime;
import io.heliograph.internal.jni.Native;
import io.heliograph.internal.jni.NativeCall;
import io.heliograph.internal.jni.NativeRaise;
import org.jspecify.annotations.Nullable;

/** Raises the arrivals of a signal in one thread; {@code Signals.raiseIn}. */
public final class RaiseIn implements NamedWorker, Registration {
    private final Thread thread;
    private final Signal signal;
    private @Nullable Registration registration;

    /** Under the monitor. */
    private @Nullable Raise current;

    private boolean closed;

    private RaiseIn(Thread thread, Signal signal) {
        this.thread = thread;
        this.signal = signal;
    }

    /** Registers. The first use takes the JVM's capabilities for raising. */
    public static Registration register(Thread thread, Signal signal) {
        if (Raiser.isIts(thread)) {
            throw new IllegalArgumentException(
                    "nothing can be raised in the thread " + thread.getName() + ", which raises: choose one of yours");
        }
        Raiser.require(VirtualThreads.isVirtual(thread));
        RaiseIn made = new RaiseIn(thread, signal);
        made.begin();
        return made;
    }

    /** An arrival that comes at once waits for the registration. */
    private synchronized void begin() {
        registration = SignalRuntime.get().catchSignal(signal, this, Delivery.ownThread());
    }

    @Override
    public String name() {
        return "raise in thread " + thread.getName();
    }

    @Override
    public Signal signal() {
        return signal;
    }

    /** While an exception is pending, further signals are merged into it, as the kernel does with a standard signal. */
    @Override
    public void onSignal(SignalEvent event) {
        Raise raise;
        synchronized (this) {
            if (closed || (current != null && !current.isOver())) {
                return;
            }
            raise = new Raise(thread, SignalInterrupt.of(event), false, this::giveBack);
            current = raise;
        }
        Raiser.add(raise);
    }

    /** The thread has ended: closes, and raises the signal in the process, which does again what it did before. */
    private void giveBack() {
        if (endClaim()) {
            NativeCall.check(Native.raise(signal.number()), "raise(" + signal + ")");
        }
    }

    @Override
    public void close() {
        endClaim();
        Raise last;
        synchronized (this) {
            last = current;
        }
        if (last != null && last.end() && Thread.currentThread() == thread) {
            NativeRaise.flush();
        }
    }

    /** Whether this was the first call. */
    private boolean endClaim() {
        Registration claim;
        synchronized (this) {
            if (closed) {
                return false;
            }
            closed = true;
            claim = registration;
        }
        if (claim != null) {
            claim.close();
        }
        return true;
    }
}
