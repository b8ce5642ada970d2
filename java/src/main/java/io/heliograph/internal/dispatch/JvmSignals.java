package io.heliograph.internal.dispatch;

import io.heliograph.Signal;
import io.heliograph.internal.jni.Native;
import io.heliograph.internal.jni.NativeCall;
import io.heliograph.internal.proc.SignalNumbers;
import org.jspecify.annotations.Nullable;

/** The signals that the JVM itself lives on. */
public final class JvmSignals {
    private JvmSignals() {}

    /**
     * Declares the signals that HotSpot sends to itself, or that others send to it. HotSpot gets them whatever we do.
     */
    static void declareHotSpots() {
        declarePrivate();
        // JFR's timers, one a thread (jdk.CPUTimeSample, Java 25).
        NativeCall.check(Native.leaveTimers(Signal.PROF.number()), "leaveTimers(PROF)");
        // For jcmd and other attaching processes.
        NativeCall.check(Native.leaveAttach(Signal.QUIT.number()), "leaveAttach(QUIT)");
    }

    /**
     * HotSpot suspends threads with USR2, or with the signal number in {@code _JAVA_SR_SIGNUM}. What it sends to its
     * own threads is its own. It cannot take the same signal from outside (JDK-8288556).
     */
    private static void declarePrivate() {
        Signal suspendResume = Signal.USR2;
        String moved = System.getenv("_JAVA_SR_SIGNUM");
        if (moved != null && moved.matches("[0-9]{1,3}")) {
            int number = Integer.parseInt(moved);
            // HotSpot takes only numbers above SIGSEGV and SIGBUS, and keeps USR2 otherwise (signals_posix.cpp).
            suspendResume = SignalNumbers.find(number)
                    .filter(signal -> number > Math.max(Signal.SEGV.number(), Signal.BUS.number()))
                    .orElse(suspendResume);
        }
        NativeCall.check(Native.setPrivate(suspendResume.number()), "setPrivate(" + suspendResume + ")");
    }

    /**
     * Refuses a signal that a program on a JVM cannot take.
     *
     * @throws IllegalArgumentException that says why, and what to do instead
     */
    public static void requireCatchable(Signal signal) {
        String why = whyNot(signal);
        if (why != null) {
            throw new IllegalArgumentException(signal + " can't be caught, observed or ignored: " + why);
        }
    }

    /**
     * Makes the JDK set CHLD to its default now. It would do so later, over our handler, when it starts its first
     * process (ProcessImpl_md.c, setSIGCHLDHandler, called by the class initialiser).
     */
    static void initialize(Signal signal) {
        if (signal == Signal.CHLD) {
            try {
                Class.forName("java.lang.ProcessImpl");
            } catch (ClassNotFoundException e) {
                // This JDK starts processes by another class.
            }
        }
    }

    /**
     * Whether SIG_IGN would do harm. With CHLD ignored the kernel keeps no exit status (POSIX, waitpid()), and the JDK
     * reports 0 for every process.
     */
    static boolean mustNotBeDiscarded(Signal signal) {
        return signal == Signal.CHLD;
    }

    private static @Nullable String whyNot(Signal signal) {
        if (signal == Signal.KILL) {
            return "POSIX leaves it to the kernel alone; TERM is the signal that asks a process to end";
        }
        if (signal == Signal.STOP) {
            return "POSIX leaves it to the kernel alone; TSTP is the signal that asks a process to stop";
        }
        if (signal == Signal.SEGV || signal == Signal.BUS || signal == Signal.FPE || signal == Signal.ILL) {
            return "the JVM lives on this fault, which the failing instruction itself raises; "
                    + "for crashes there are -XX:ErrorFile and -XX:OnError";
        }
        // libnio's NativeThread.c: SIGRTMAX - 2 wakes threads that are blocked in I/O.
        Signal last = Signal.all().get(Signal.all().size() - 1);
        if (signal.number() == last.number() - 2) {
            return "the JDK interrupts blocking I/O with it; RTMIN to " + Signal.of(signal.number() - 1) + " are free";
        }
        return null;
    }
}
