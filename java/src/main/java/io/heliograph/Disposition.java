package io.heliograph;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a signal does to this process, at one moment: its handlers, its registrations, and its arrivals.
 *
 * @param signal the signal
 * @param kind what the kernel does with the signal
 * @param ours whether the handler that the kernel calls is this library's
 * @param library the file with the handler's code; empty if there is no handler, or the loader does not know the file
 * @param layers the handlers, the upper ones first: the kernel's, then the one that it chains to or will restore. Never
 *     empty. It has more than one if this library holds the signal, or lies beneath a handler of other code
 * @param registered the open registrations of the signal, in the order in which they were made
 * @param blocked which threads block it; empty without {@code /proc}
 * @param counts the ledger's
 * @param last the last arrival with details that this library took
 */
public record Disposition(
        Signal signal,
        Kind kind,
        boolean ours,
        Optional<String> library,
        List<Layer> layers,
        List<Registered> registered,
        Optional<Blocked> blocked,
        Ledger.Counts counts,
        Optional<SignalEvent> last) {
    /** POSIX, 2.4.1 Signal Generation and Delivery. */
    public enum Kind {
        /** {@code SIG_DFL}: the default action. */
        DEFAULT,
        /** {@code SIG_IGN}. */
        IGNORED,
        /** A handler. */
        CAUGHT
    }

    /** Who has set a layer. */
    public enum By {
        /** The default action, unchanged or restored. */
        NOBODY,
        /** This library, for its registrations. */
        HELIOGRAPH,
        /** The JVM. {@link Layer#javaClass()} is set if its handler calls the JDK's own Java code. */
        HOTSPOT,
        /** An app's class, through {@code sun.misc.Signal}. */
        JAVA,
        /** Other native code: {@link Layer#library()}. */
        LIBRARY,
        /**
         * Not known: a handler whose code is in no file, or an ignored signal. The process may have been started with
         * the signal ignored (POSIX, exec), or any code in it may have set that.
         */
        UNKNOWN
    }

    /**
     * One disposition of the signal.
     *
     * @param kind what it does with the signal
     * @param by who set it
     * @param library the file that the handler's code lies in
     * @param javaClass the class of the handler that the JDK calls; for a lambda the name ends with {@code $$Lambda}
     */
    public record Layer(Kind kind, By by, Optional<String> library, Optional<String> javaClass) {}

    /**
     * One open registration.
     *
     * @param asked the method that made it
     * @param worker the worker's class; for a lambda the name ends with {@code $$Lambda}. The agent's workers have
     *     names such as {@code agent: log} and {@code shutdown}. Empty if there is no worker
     * @param delivery where the worker runs; empty if there is none
     */
    public record Registered(Asked asked, Optional<String> worker, Optional<Delivery> delivery) {}

    /** The method of {@link Signals} that made a registration. */
    public enum Asked {
        /** {@link Signals#on(Signal, SignalWorker, Delivery)} and what builds on it. */
        CATCH,
        /** {@link Signals#observe(Signal, SignalWorker, Delivery)}. */
        OBSERVE,
        /** {@link Signals#ignore(Signal)}. */
        IGNORE,
        /** {@link Signals#restoreDefault(Signal)}. */
        DEFAULT
    }

    /**
     * The threads that block the signal. Each thread has its own mask. A signal to the process pends only if every
     * thread blocks it; a signal to a thread pends if that thread does (POSIX, 2.4.1).
     *
     * @param threads how many threads block it, the JVM's own included (SigBlk of {@code /proc/self/task/TID/status},
     *     proc(5))
     * @param ofThreads how many threads there were
     * @param inFirstThread whether the process's first thread blocks it, which the kernel prefers ({@code
     *     /proc/self/status} shows it)
     * @param pending whether it is pending for the process (ShdPnd) or for one of its threads (SigPnd)
     */
    public record Blocked(int threads, int ofThreads, boolean inFirstThread, boolean pending) {}

    /**
     * Makes a disposition with copies of the lists.
     *
     * @param signal the signal
     * @param kind what the kernel does with it
     * @param ours whether the handler is this library's
     * @param library the file with the handler's code
     * @param layers the handlers
     * @param registered the open registrations
     * @param blocked which threads block it
     * @param counts the ledger's
     * @param last the last arrival
     */
    public Disposition {
        layers = List.copyOf(layers);
        registered = List.copyOf(registered);
    }

    /** {@return how many registrations of the signal are open} */
    public int registrations() {
        return registered.size();
    }

    /** {@return the sender of the {@link #last} arrival; empty if none arrived, or if no process sent it} */
    public Optional<Sender> lastSender() {
        return last.flatMap(event -> {
            if (event instanceof SignalEvent.Sent sent) {
                return Optional.of(sent.sender());
            }
            return event instanceof SignalEvent.Queued queued ? Optional.of(queued.sender()) : Optional.empty();
        });
    }

    /**
     * The doctor's table, for people: a heading and one line a signal. Consecutive untouched real-time signals share a
     * line.
     *
     * @param dispositions the dispositions, as {@link Signals#dispositions()} has them
     * @return the table; each line ends with a line feed
     */
    public static String table(Collection<Disposition> dispositions) {
        return DispositionTable.of(dispositions, System.nanoTime());
    }
}
