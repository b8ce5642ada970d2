package io.heliograph;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a signal does to this process, as it was at one moment: who asked for it, who is told, and what arrived.
 *
 * @param kind what the kernel does with the signal
 * @param ours whether the handler that the kernel calls is this library's
 * @param library the file that the handler's code lies in, where there is a handler and the loader knows it
 * @param layers who stands above whom, as far as it can be known: first what the kernel has, then what that one chains to
 *     or will put back. Never empty; longer than 1 where this library holds the signal, or did and lies beneath another's
 *     handler
 * @param registered the open registrations of the signal, in the order in which they were made
 * @param blocked which threads block it; empty where {@code /proc} did not tell
 * @param counts the ledger's
 * @param last the last arrival that this library took and whose details did not get lost
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
        DEFAULT,
        IGNORED,
        CAUGHT
    }

    /** Whose doing a layer is. */
    public enum By {
        /** Its default action: nobody has changed it, or somebody put it back. */
        NOBODY,
        /** This library, on behalf of the registrations. */
        HELIOGRAPH,
        /** The JVM itself; {@link Layer#javaClass()} where its handler calls the JDK's own Java code. */
        HOTSPOT,
        /** An app's class, through {@code sun.misc.Signal}. */
        JAVA,
        /** Other native code: {@link Layer#library()}. */
        LIBRARY,
        /**
         * Not to be found out. A handler whose code is in no file; or an ignored signal: the process may have been started
         * so (POSIX, exec), or any code in it may have asked for it.
         */
        UNKNOWN
    }

    /**
     * What one party did with the signal.
     *
     * @param library the file that the handler's code lies in
     * @param javaClass the class of the handler that the JDK calls; for a lambda the name ends with {@code $$Lambda}
     */
    public record Layer(Kind kind, By by, Optional<String> library, Optional<String> javaClass) {}

    /**
     * One open registration.
     *
     * @param worker the worker's class; for a lambda the name ends with {@code $$Lambda}. For the agent's workers what they
     *     do: {@code agent: log}, {@code shutdown}. Empty where there is no worker
     * @param delivery where the worker runs; empty where there is none
     */
    public record Registered(Asked asked, Optional<String> worker, Optional<Delivery> delivery) {}

    /** What a registration asks for: which method of {@link Signals} made it. */
    public enum Asked {
        CATCH,
        OBSERVE,
        IGNORE,
        DEFAULT
    }

    /**
     * Who blocks the signal. A mask is a thread's own: a signal that is sent to the process waits only where every thread
     * blocks it, one that is sent to a thread waits where that thread does (POSIX, 2.4.1).
     *
     * @param threads how many of the process's threads block it, the JVM's own among them (SigBlk of
     *     {@code /proc/self/task/TID/status}, proc(5))
     * @param ofThreads how many threads there were
     * @param inFirstThread whether the thread does with which the process began, to which the kernel first looks: what
     *     {@code /proc/self/status} shows
     * @param pending whether one has arrived and waits, for the process (ShdPnd) or for one of its threads (SigPnd)
     */
    public record Blocked(int threads, int ofThreads, boolean inFirstThread, boolean pending) {}

    public Disposition {
        layers = List.copyOf(layers);
        registered = List.copyOf(registered);
    }

    /** How many registrations of the signal are open. */
    public int registrations() {
        return registered.size();
    }

    /** Who sent the {@link #last} arrival; empty where none arrived, or it was not sent by a process. */
    public Optional<Sender> lastSender() {
        return last.flatMap(event -> {
            if (event instanceof SignalEvent.Sent sent) {
                return Optional.of(sent.sender());
            }
            return event instanceof SignalEvent.Queued queued ? Optional.of(queued.sender()) : Optional.empty();
        });
    }

    /**
     * The doctor's table: a heading and one line a signal, in columns, for people to read. Untouched real-time signals
     * that follow each other share a line.
     */
    public static String table(Collection<Disposition> dispositions) {
        return DispositionTable.of(dispositions, System.nanoTime());
    }
}
