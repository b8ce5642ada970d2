package io.heliograph.internal.dispatch;

import io.heliograph.Delivery;
import io.heliograph.Disposition;
import io.heliograph.Disposition.Asked;
import io.heliograph.Disposition.Registered;
import io.heliograph.Ledger;
import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalWorker;
import io.heliograph.internal.jni.Native;
import io.heliograph.internal.jni.NativeCall;
import io.heliograph.internal.jni.NativeLibrary;
import io.heliograph.internal.jni.SignalTable;
import io.heliograph.internal.text.ClassNames;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The process's one pipe, dispatcher and registry. The first {@link #get()} makes them; after {@link
 * #closeUnlessUsed(long)} the next one makes new ones.
 */
public final class SignalRuntime {
    private static volatile @Nullable SignalRuntime runtime;

    /** The result of {@link #closeUnlessUsed(long)}. */
    public enum End {
        /** The runtime is closed. */
        CLOSED,
        /** The runtime stays: registrations are open. */
        IN_USE,
        /** The runtime stays: an inline worker of a closed registration blocks the dispatcher. */
        HELD_UP
    }

    private final DrainBarrier barrier = new DrainBarrier(new NativePipe());
    private final Registry registry = new Registry(SignalTable.maxSignal(), barrier);
    private final Counters counters = new Counters(SignalTable.maxSignal());
    private final Dispatcher dispatcher = new Dispatcher(registry, barrier, counters);
    private final ShutdownRegistration.Recipients shutdowns = new ShutdownRegistration.Recipients();
    private final ExitHook drain;

    private SignalRuntime(SliceMode slice) {
        WaitMode wait = WaitMode.preset();
        NativeCall.check(Native.open(0), "pipe()");
        try {
            JvmSignals.declareHotSpots();
            setWait(wait);
            setSlice(slice);
            dispatcher.start();
        } catch (Throwable failure) {
            Native.close(); // so that a later call can open it
            throw failure;
        }
        drain = new ExitHook(registry, barrier, dispatcher.thread());
        drain.add();
    }

    /**
     * Waits until all arrivals up to now are dispatched. An inline worker that hangs blocks it.
     *
     * @return false if the time was over before; true if there is no runtime
     */
    public static boolean awaitDispatched(long nanos) throws InterruptedException {
        SignalRuntime made = runtime;
        return made == null || made.barrier.await(nanos);
    }

    /**
     * Ends the dispatcher, closes the pipe and leaves the process as it was, unless a registration is open or a worker
     * blocks the dispatcher. The next use makes a new runtime, whose ledger begins at zero.
     *
     * @param nanos how long it waits for such a worker
     */
    public static synchronized End closeUnlessUsed(long nanos) throws InterruptedException {
        SignalRuntime made = runtime;
        if (made == null) {
            return End.CLOSED;
        }
        if (!made.registry.shut()) {
            return End.IN_USE;
        }
        boolean closed = false;
        try {
            closed = awaitDispatched(nanos);
        } finally {
            if (!closed) {
                made.registry.reopen();
            }
        }
        if (!closed) {
            return End.HELD_UP;
        }
        made.close();
        runtime = null;
        return End.CLOSED;
    }

    private void close() {
        drain.remove();
        dispatcher.stop();
        Native.close();
    }

    /**
     * The runtime.
     *
     * @throws UnsatisfiedLinkError if there is no native library
     * @throws IllegalArgumentException if {@code -Dheliograph.wait} is neither block nor spin, or {@code
     *     -Dheliograph.slice} neither on nor off
     */
    public static SignalRuntime get() {
        SignalRuntime made = runtime;
        return made != null ? made : make(SliceMode.preset());
    }

    /**
     * The runtime, with this time slice. With {@code OFF} a new runtime never calls sched_setattr(2), which a seccomp
     * filter may kill a process for.
     */
    public static SignalRuntime get(SliceMode slice) {
        SignalRuntime made = make(slice);
        made.setSlice(slice);
        return made;
    }

    private static synchronized SignalRuntime make(SliceMode slice) {
        SignalRuntime made = runtime;
        if (made == null) {
            NativeLibrary.require();
            made = new SignalRuntime(slice);
            runtime = made;
        }
        return made;
    }

    /** See {@code Signals.on}. */
    public Registration catchSignal(Signal signal, SignalWorker worker, Delivery delivery) {
        return add(Asked.CATCH, signal, worker, delivery);
    }

    /** See {@code Signals.observe}. */
    public Registration observe(Signal signal, SignalWorker worker, Delivery delivery) {
        return add(Asked.OBSERVE, signal, worker, delivery);
    }

    /** See {@code Signals.ignore}. */
    public Registration ignore(Signal signal) {
        return addReady(Asked.IGNORE, signal);
    }

    /** See {@code Signals.restoreDefault}. */
    public Registration restoreDefault(Signal signal) {
        return addReady(Asked.DEFAULT, signal);
    }

    /** Registers a signal that requests the shutdown of {@code heliograph_deadline.h}, which must be open. */
    public Registration shutdown(Signal signal, ShutdownTerms terms) {
        JvmSignals.requireCatchable(signal);
        JvmSignals.initialize(signal);
        OpenRegistration registration = new ShutdownRegistration(registry, signal, shutdowns, terms);
        return registry.add(registration) ? registration : successor().shutdown(signal, terms);
    }

    /** Whether the program itself catches a signal that the agent's {@code deadline} holds back. */
    public boolean isCaughtByProgram(Signal signal) {
        for (Registered registered : registry.registered(signal)) {
            boolean isDeadline = registered.worker().equals(Optional.of(ShutdownRegistration.DEADLINE));
            if (registered.asked() == Asked.CATCH && !isDeadline) {
                return true;
            }
        }
        return false;
    }

    /**
     * Waits until the signal's observers have handled all arrivals up to now.
     *
     * @param mostNanos how long it waits at most, for the dispatcher may hang
     * @return false if the time was over before
     */
    public boolean awaitObservers(Signal signal, long mostNanos) throws InterruptedException {
        // The handler begins the shutdown before it looks at the sender and writes the record.
        Native.waitForHandlersWithin(signal.number(), mostNanos);
        return ExitHook.await(barrier, () -> registry.observers(signal), mostNanos);
    }

    /**
     * Registers our events with Flight Recorder, if a recording has made it since the last call. A thread that has time
     * calls this, so that the first signal of a recording does not wait for it.
     */
    public static void prepareFlight() {
        Flight.prepare();
    }

    /** Changes how the dispatcher waits, at once. */
    public void setWait(WaitMode mode) {
        NativeCall.check(Native.setBlocking(mode == WaitMode.BLOCK), "fcntl(pipe, F_SETFL)");
        Native.wake();
    }

    /** Changes the time slice of the dispatcher's thread, at once. */
    public void setSlice(SliceMode mode) {
        NativeCall.check(Native.setShortSlice(mode == SliceMode.ON), "wake(pipe)");
    }

    /** Restores the wait mode and the time slice that the system properties say, if there is a runtime. */
    public static synchronized void reset() {
        SignalRuntime made = runtime;
        if (made != null) {
            made.setWait(WaitMode.preset());
            made.setSlice(SliceMode.preset());
        }
    }

    public Ledger ledger() {
        return counters.snapshot();
    }

    /** What each signal does to this process now. */
    public SortedMap<Signal, Disposition> dispositions() {
        return new DispositionReport(registry, counters).examine();
    }

    private Registration add(Asked asked, Signal signal, SignalWorker worker, Delivery delivery) {
        JvmSignals.requireCatchable(signal);
        JvmSignals.initialize(signal);
        String name = worker instanceof NamedWorker named ? named.name() : ClassNames.of(worker.getClass());
        Registered registered = new Registered(asked, Optional.of(name), Optional.of(delivery));
        OpenRegistration.WithWorker registration =
                new OpenRegistration.WithWorker(registry, signal, registered, sink(signal, worker, delivery));
        try {
            if (registry.add(registration)) {
                return registration;
            }
        } catch (Throwable failure) {
            registration.sink().end();
            throw failure;
        }
        registration.sink().end();
        return successor().add(asked, signal, worker, delivery);
    }

    private Registration addReady(Asked asked, Signal signal) {
        JvmSignals.requireCatchable(signal);
        JvmSignals.initialize(signal);
        OpenRegistration registration = new OpenRegistration.Ready(registry, signal, asked);
        return registry.add(registration) ? registration : successor().addReady(asked, signal);
    }

    /** Waits until this runtime is closed, and returns the next one. */
    private static synchronized SignalRuntime successor() {
        return get();
    }

    private static EventSink sink(Signal signal, SignalWorker worker, Delivery delivery) {
        if (delivery instanceof Delivery.WithSender with) {
            return sink(signal, worker, with.delivery());
        }
        if (delivery instanceof Delivery.Inline) {
            return new InlineSink(worker);
        }
        return delivery instanceof Delivery.OnExecutor on
                ? new ExecutorSink(on.executor(), worker)
                : new OwnThreadSink(signal.name(), worker);
    }
}
