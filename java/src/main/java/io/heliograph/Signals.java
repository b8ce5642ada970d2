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
 * thread. Methods throw {@link UnsatisfiedLinkError} if the native library cannot be loaded, see {@link
 * #isAvailable()}.
 *
 * <p>The newest registration of a signal that does not merely observe decides what the signal does. It is caught, and
 * every catching worker gets it; or ignored; or left to its default action. Observers get it in each case.
 *
 * <p>The JDK's own publisher makes a {@link java.util.concurrent.Flow.Publisher} of a signal: {@code var events = new
 * SubmissionPublisher<SignalEvent>(); Signals.on(signal, events::submit);}
 */
public final class Signals {
    private Signals() {}

    /**
     * Catches the signal with the worker on a thread of its own: {@link #on(Signal, SignalWorker, Delivery)}.
     *
     * @param signal the signal to catch
     * @param worker the code that each arrival is dispatched to
     * @return the registration, which lasts until it is closed
     * @throws IllegalArgumentException as {@link #on(Signal, SignalWorker, Delivery)}
     */
    public static Registration on(Signal signal, SignalWorker worker) {
        return on(signal, worker, Delivery.ownThread());
    }

    /**
     * Catches a signal: the worker gets each arrival, and nothing else happens.
     *
     * @param signal the signal to catch
     * @param worker the code that each arrival is dispatched to
     * @param delivery where the worker runs, and what is captured for it
     * @return the registration, which lasts until it is closed
     * @throws IllegalArgumentException for KILL and STOP (POSIX, sigaction()), for the faults that the JVM lives on
     *     (SEGV, BUS, FPE, ILL) and for the JDK's own real-time signal
     */
    public static Registration on(Signal signal, SignalWorker worker, Delivery delivery) {
        requireArguments(signal, worker, delivery);
        return SignalRuntime.get().catchSignal(signal, worker, delivery);
    }

    /**
     * Observes the signal with the worker on a thread of its own: {@link #observe(Signal, SignalWorker, Delivery)}.
     *
     * @param signal the signal to observe
     * @param worker the code that each arrival is dispatched to
     * @return the registration, which lasts until it is closed
     * @throws IllegalArgumentException as {@link #on(Signal, SignalWorker, Delivery)}
     */
    public static Registration observe(Signal signal, SignalWorker worker) {
        return observe(signal, worker, Delivery.ownThread());
    }

    /**
     * Observes a signal: the worker gets each arrival, and the signal still does what it did before.
     *
     * <p>A previous handler runs at once, on the thread that the kernel chose, before the worker. A default action that
     * ends or stops the process runs after the workers, two seconds after the arrival at the latest; the process then
     * dies from the signal. An inline worker that hangs delays it, and so does a JVM that runs no Java any more. A JVM
     * that exits by an observed signal waits for its observers, a second at most.
     *
     * <p>An ignored signal stays ignored, and programs that this process starts inherit that (POSIX, exec). Until
     * another registration catches it, the worker gets nothing.
     *
     * @param signal the signal to observe
     * @param worker the code that each arrival is dispatched to
     * @param delivery where the worker runs, and what is captured for it
     * @return the registration, which lasts until it is closed
     * @throws IllegalArgumentException as {@link #on(Signal, SignalWorker, Delivery)}
     */
    public static Registration observe(Signal signal, SignalWorker worker, Delivery delivery) {
        requireArguments(signal, worker, delivery);
        return SignalRuntime.get().observe(signal, worker, delivery);
    }

    /**
     * Ignores a signal, as {@code SIG_IGN}: programs that this process starts inherit that. If the signal is also
     * observed, our handler takes it instead, and programs inherit the default. So it does for CHLD, from which the JDK
     * learns exit statuses, and for HotSpot's own signals: USR2, QUIT, and PROF while JFR uses it.
     *
     * @param signal the signal to ignore
     * @return the registration, which lasts until it is closed
     * @throws IllegalArgumentException as {@link #on(Signal, SignalWorker, Delivery)}
     */
    public static Registration ignore(Signal signal) {
        requireSignal(signal);
        return SignalRuntime.get().ignore(signal);
    }

    /**
     * Leaves a signal to its default action, as {@code SIG_DFL}. On HUP, INT and TERM the process then dies from the
     * signal, without the JVM's orderly exit.
     *
     * @param signal the signal to leave to its default action
     * @return the registration, which lasts until it is closed
     * @throws IllegalArgumentException as {@link #on(Signal, SignalWorker, Delivery)}
     */
    public static Registration restoreDefault(Signal signal) {
        requireSignal(signal);
        return SignalRuntime.get().restoreDefault(signal);
    }

    /**
     * Catches a signal, and raises each arrival as an exception in that thread, wherever it is: {@link
     * KeyboardInterrupt} for INT, {@link TerminateInterrupt} for TERM, {@link SignalInterrupt} for another.
     *
     * <p>A thread gets one exception at a time, even from several registrations: the next comes when it has thrown the
     * last one. While an exception is pending, further signals of that registration are merged into it, those of a
     * real-time signal too. The exception has the first event. To get every arrival, register a worker.
     *
     * <p>It is raised in code outside the JDK, a busy loop too, and in a sleep, wait or park. A thread that waits
     * longer in a lock or queue of {@code java.util.concurrent} is interrupted instead. In other code of the JDK it is
     * raised when the thread leaves that. docs/raise.md has the table. As Python's KeyboardInterrupt it may come
     * between any two statements. It pends, for ever if need be, while the thread is in {@link
     * io.heliograph.workers.WorkerGroup#unbroken}, in a group's {@code join} that defers it, in a class initialiser, or
     * in a blocking native method of the JDK, such as a read of standard input. Nothing reports that.
     *
     * <p>If the thread has ended when the signal arrives, the registration closes and raises the signal in this process
     * again, which then does what it did before. Other registrations of the signal get it twice.
     *
     * <p>After {@code close} nothing more is raised. If another thread than the target closes, the target may throw an
     * exception that was raised just before a moment later.
     *
     * @param thread the thread to raise in, a virtual one from Java 21 on
     * @param signal the signal to catch
     * @return the registration, which lasts until it is closed
     * @throws UnsupportedOperationException if the JVM does not allow it, for example beside a debugger; the message
     *     says why in one line
     * @throws IllegalArgumentException as {@link #on(Signal, SignalWorker, Delivery)}, and for the thread that raises
     */
    public static Registration raiseIn(Thread thread, Signal signal) {
        Objects.requireNonNull(thread, "thread is null: give a Thread, Thread.currentThread() for one");
        requireSignal(signal);
        return RaiseIn.register(thread, signal);
    }

    /**
     * Catches the signals, waits for the first arrival of one of them, and closes the registrations. Blocks.
     *
     * <p>Further arrivals meanwhile only count in the {@link #ledger()}. To get every arrival, register a worker.
     *
     * @param timeout how long to wait; zero or less does not wait
     * @param signals the signals to wait for, at least one
     * @return the event; empty if the time was over before
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
     * Sends a signal to a process; 0 and negative ids have the meaning of {@code kill(2)}.
     *
     * @param pid the process id; 0 is this process's group, -1 every process that it may signal, -n the group n
     * @param signal the signal to send
     * @throws SignalException if there is no such process, or this process may not signal it
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
     * @param pid the process id
     * @param signal the signal to send
     * @param value the value that the receiver gets as {@link SignalEvent.Queued#value()}
     * @throws SignalException if there is no such process, if this process may not signal it, or if the queue is full
     *     for a real-time signal (EAGAIN)
     */
    public static void send(long pid, Signal signal, int value) {
        requireSignal(signal);
        int result = Native.queue(processId(pid), signal.number(), value);
        if (result < 0) {
            throw NativeCall.failure(result, "sigqueue(" + pid + ", " + signal + ", " + value + ")");
        }
    }

    /**
     * Sends a signal to the calling thread, as {@code raise(3)}: its handler has run when this returns. If the thread
     * blocks the signal, it goes to the process instead.
     *
     * @param signal the signal to send
     */
    public static void raise(Signal signal) {
        requireSignal(signal);
        int result = Native.raise(signal.number());
        if (result < 0) {
            throw NativeCall.failure(result, "raise(" + signal + ")");
        }
    }

    /**
     * What each signal of the platform does to this process now: the kernel's disposition, who set it, what lies
     * beneath, the registrations, the threads that block it, and the arrivals. {@link Disposition#table} formats it.
     *
     * <p>It makes a system call for each signal and reads a file of {@code /proc} for each thread, on the calling
     * thread. A signal's disposition and what lies beneath it are of one moment; the rest may be of a moment before or
     * after.
     *
     * @return one disposition for each of {@link Signal#all()}, by number
     */
    public static SortedMap<Signal, Disposition> dispositions() {
        return SignalRuntime.get().dispositions();
    }

    /** {@return the count of signals up to now} */
    public static Ledger ledger() {
        return SignalRuntime.get().ledger();
    }

    /** {@return whether the native library is loaded, so that the other methods work} */
    public static boolean isAvailable() {
        return NativeLibrary.failure().isEmpty();
    }

    /** {@return why the library is not loaded; empty if it is} The message names each attempt, and why it failed. */
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
