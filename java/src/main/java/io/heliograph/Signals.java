package io.heliograph;

import io.heliograph.internal.dispatch.SignalRuntime;
import io.heliograph.internal.jni.Native;
import io.heliograph.internal.jni.NativeCall;
import io.heliograph.internal.jni.NativeLibrary;
import io.heliograph.internal.raise.RaiseIn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The signals of this process.
 *
 * <p>Any thread may call any method; only {@link #await} blocks. The first registration starts the dispatcher, a daemon
 * thread. Methods throw {@link UnsatisfiedLinkError} where the native library could not be loaded, see
 * {@link #isAvailable()}.
 *
 * <p>Among the registrations of one signal, the newest that does not merely observe decides what the signal does: it is
 * caught, and every catching worker gets it, or ignored, or left to its default action. Observers see it in each case.
 *
 * <p>The JDK's own publisher makes a {@link java.util.concurrent.Flow.Publisher} of a signal:
 * {@code var events = new SubmissionPublisher<SignalEvent>(); Signals.on(signal, events::submit);}
 */
public final class Signals {
    private Signals() {}

    /** Catches the signal with the worker on a thread of its own: {@link #on(Signal, SignalWorker, Delivery)}. */
    public static Registration on(Signal signal, SignalWorker worker) {
        return on(signal, worker, Delivery.ownThread());
    }

    /**
     * Catches a signal: each arrival is dispatched to the worker, and nothing else happens.
     *
     * @throws IllegalArgumentException for KILL and STOP (POSIX, sigaction()), for the faults that the JVM lives on (SEGV,
     *     BUS, FPE, ILL) and for the JDK's own real-time signal
     */
    public static Registration on(Signal signal, SignalWorker worker, Delivery delivery) {
        requireArguments(signal, worker, delivery);
        return SignalRuntime.get().catchSignal(signal, worker, delivery);
    }

    /** Observes the signal with the worker on a thread of its own: {@link #observe(Signal, SignalWorker, Delivery)}. */
    public static Registration observe(Signal signal, SignalWorker worker) {
        return observe(signal, worker, Delivery.ownThread());
    }

    /**
     * Observes a signal: the worker sees each arrival, and what was there before still happens.
     *
     * <p>A handler that was there is called at once, by the thread that the kernel chose, before the worker runs. Where
     * the default action ends or stops the process, it happens when the workers have handled the event, or two seconds
     * later if they have not; the process then dies by the signal. An inline worker that hangs holds it up, and so does a
     * JVM that runs no Java any more. A JVM that exits by an observed signal waits for its
     * observers, a second at most.
     *
     * <p>A signal that is ignored stays ignored, so that the programs which this process starts inherit it so (POSIX,
     * exec): as long as nobody catches it, the worker sees nothing.
     *
     * @throws IllegalArgumentException as {@link #on(Signal, SignalWorker, Delivery)}
     */
    public static Registration observe(Signal signal, SignalWorker worker, Delivery delivery) {
        requireArguments(signal, worker, delivery);
        return SignalRuntime.get().observe(signal, worker, delivery);
    }

    /**
     * Ignores a signal, as {@code SIG_IGN}: programs that this process starts inherit it ignored. Where it is also
     * observed, it is taken and nothing happens, and programs started inherit its default. The same holds for CHLD, without
     * which the JDK would know of no exit status, and for those that HotSpot itself lives on: USR2, QUIT, and PROF while
     * JFR has it.
     *
     * @throws IllegalArgumentException as {@link #on(Signal, SignalWorker, Delivery)}
     */
    public static Registration ignore(Signal signal) {
        requireSignal(signal);
        return SignalRuntime.get().ignore(signal);
    }

    /**
     * Leaves a signal to its default action, as {@code SIG_DFL}: the JVM's own orderly exit on HUP, INT and TERM does not
     * happen either, the process dies by the signal.
     *
     * @throws IllegalArgumentException as {@link #on(Signal, SignalWorker, Delivery)}
     */
    public static Registration restoreDefault(Signal signal) {
        requireSignal(signal);
        return SignalRuntime.get().restoreDefault(signal);
    }

    /**
     * Catches a signal, and raises each arrival as an exception in that thread, wherever it is at work: {@link
     * KeyboardInterrupt} for INT, {@link TerminateInterrupt} for TERM, {@link SignalInterrupt} for another.
     *
     * <p>A thread is sent one at a time, also where several registrations raise in it: the next when it has thrown the former,
     * perhaps while it handles that. While one of this registration waits, since the thread cannot be reached, further
     * arrivals are merged into it, those of a real-time signal too, as the kernel does with a standard signal that is
     * pending; the exception has the first one's event. To see each of them, register a worker.
     *
     * <p>It is raised in code that is not the JDK's, a busy loop too, and in a sleep, wait or park; a thread that waits for
     * longer in a lock or queue of {@code java.util.concurrent} is interrupted instead; in other code of the JDK it is
     * raised when that is left. docs/raise.md has the table. It is as dangerous as Python's own KeyboardInterrupt: it may
     * come between any two statements. It waits, for ever if need be, while the thread is in {@link
     * io.heliograph.workers.WorkerGroup#unbroken}, in a group's {@code join} that defers it, in a class initialiser, or in
     * a native method of the JDK that blocks, such as reading standard input; nothing tells of that.
     *
     * <p>Where the thread has ended when the signal comes, the registration closes, and the signal is raised in this process
     * again: it does what it did before, as INT ends the JVM. Who is registered beside this one then sees it twice.
     *
     * <p>When {@code close} returns, nothing more is raised; what was raised just before may be thrown a moment later,
     * where another thread than the target has closed.
     *
     * @throws UnsupportedOperationException where the JVM does not allow it, since a debugger may suspend threads already
     *     for one; the message says so in one line
     * @throws IllegalArgumentException as {@link #on(Signal, SignalWorker, Delivery)}, and for the thread that raises
     */
    public static Registration raiseIn(Thread thread, Signal signal) {
        Objects.requireNonNull(thread, "thread is null: give a Thread, Thread.currentThread() for one");
        requireSignal(signal);
        return RaiseIn.register(thread, signal);
    }

    /**
     * Catches the signals, waits for the first arrival of one of them, and lets go of them again. Blocks.
     *
     * <p>Of what arrives beside the first while it waits, only the {@link #ledger()} tells. To see every arrival,
     * register a worker.
     *
     * @return the event, or empty when the time was over before
     * @throws InterruptedException if the thread is interrupted while it waits
     * @throws IllegalArgumentException without a signal, or as {@link #on(Signal, SignalWorker, Delivery)}
     */
    public static Optional<SignalEvent> await(Duration timeout, Signal... signals) throws InterruptedException {
        Objects.requireNonNull(timeout, "timeout is null: give a Duration");
        if (signals.length == 0) {
            throw new IllegalArgumentException("no signal to wait for: name at least one");
        }
        CompletableFuture<SignalEvent> first = new CompletableFuture<>();
        List<Registration> registrations = new ArrayList<>();
        try {
            for (Signal signal : signals) {
                registrations.add(on(signal, first::complete, Delivery.inline()));
            }
            return Optional.of(first.get(nanos(timeout), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e); // the future is only ever completed with an event
        } finally {
            registrations.forEach(Registration::close);
        }
    }

    /**
     * Sends a signal to a process, or, with 0 or a negative id, to those that {@code kill(2)} says.
     *
     * @throws SignalException if there is no such process, or this one may not signal it
     */
    public static void send(long pid, Signal signal) {
        requireSignal(signal);
        int result = Native.send(processId(pid), signal.number());
        if (result < 0) {
            throw NativeCall.failure(result, "kill(" + pid + ", " + signal + ")");
        }
    }

    /**
     * Sends a signal with a value, {@code sigqueue(3)}.
     *
     * @throws SignalException if there is no such process, if this one may not signal it, or if the queue of a real-time
     *     signal is full (EAGAIN)
     */
    public static void send(long pid, Signal signal, int value) {
        requireSignal(signal);
        int result = Native.queue(processId(pid), signal.number(), value);
        if (result < 0) {
            throw NativeCall.failure(result, "sigqueue(" + pid + ", " + signal + ", " + value + ")");
        }
    }

    /**
     * Sends a signal to this process: to the calling thread, as {@code raise(3)}, so that its handler has run when this
     * returns; or to the whole process where the thread blocks the signal.
     */
    public static void raise(Signal signal) {
        requireSignal(signal);
        int result = Native.raise(signal.number());
        if (result < 0) {
            throw NativeCall.failure(result, "raise(" + signal + ")");
        }
    }

    /**
     * What each signal of the platform does to this process now: what the kernel has, by whom, what lies beneath, who is
     * registered, who blocks it, and what arrived. {@link Disposition#table} makes it readable.
     *
     * <p>It asks the kernel about each signal and reads a file of {@code /proc} for each thread of the process, on the
     * calling thread. A signal's disposition and what lies beneath it belong to one moment; the rest is as it was found a
     * moment before or after.
     */
    public static SortedMap<Signal, Disposition> dispositions() {
        return SignalRuntime.get().dispositions();
    }

    /** The count of signals up to now. */
    public static Ledger ledger() {
        return SignalRuntime.get().ledger();
    }

    /** Whether the native library is there, so that the other methods can work. */
    public static boolean isAvailable() {
        return NativeLibrary.failure().isEmpty();
    }

    /** Why it is not; empty where it is. The message names all that was tried, and why each failed. */
    public static Optional<Throwable> unavailabilityCause() {
        return NativeLibrary.failure();
    }

    private static int processId(long pid) {
        if (pid != (int) pid) {
            throw new IllegalArgumentException(pid + " is no process id: they have 32 bits");
        }
        return (int) pid;
    }

    private static long nanos(Duration timeout) {
        try {
            return timeout.toNanos();
        } catch (ArithmeticException centuries) {
            return Long.MAX_VALUE;
        }
    }

    private static void requireArguments(Signal signal, SignalWorker worker, Delivery delivery) {
        requireSignal(signal);
        Objects.requireNonNull(worker, "worker is null: give a SignalWorker");
        Objects.requireNonNull(delivery, "delivery is null: give Delivery.ownThread(), inline() or on(executor)");
    }

    private static void requireSignal(Signal signal) {
        Objects.requireNonNull(signal, "signal is null: give a Signal, Signal.TERM for one");
    }
}
