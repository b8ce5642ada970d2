package io.heliograph;

import io.heliograph.internal.jni.SignalTable;
import io.heliograph.internal.text.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A signal of this platform.
 *
 * <p>Names and numbers come from the platform's {@code <signal.h>}, so the first use of this class loads the native
 * library. It throws {@link UnsatisfiedLinkError} if that fails; later uses throw {@link NoClassDefFoundError} (JLS
 * 12.4.2). Call {@link Signals#isAvailable()} first. Equal signals are the same object.
 */
public final class Signal implements Comparable<Signal> {
    private static final String FORMS = "use a name (TERM or SIGTERM), a number (15) or RTMIN+3";
    private static final Map<String, String> ALIASES = Map.of("IOT", "ABRT", "POLL", "IO", "CLD", "CHLD");
    private static final Signal[] BY_NUMBER = new Signal[SignalTable.maxSignal() + 1];
    private static final int RTMIN;
    private static final int RTMAX = SignalTable.maxSignal();

    static {
        int realTimeMinimum = RTMAX;
        for (int number = 1; number < BY_NUMBER.length; number++) {
            String name = SignalTable.name(number);
            if (name != null) {
                BY_NUMBER[number] = new Signal(name, number);
                realTimeMinimum = name.equals("RTMIN") ? number : realTimeMinimum;
            }
        }
        RTMIN = realTimeMinimum;
    }

    /** The terminal hung up; daemons reload on it. Its default action ends the process. */
    public static final Signal HUP = named("HUP");
    /** The terminal's Ctrl-C. Its default action ends the process. */
    public static final Signal INT = named("INT");
    /** The terminal's Ctrl-\. The JVM prints a thread dump. Its default action ends the process with a core dump. */
    public static final Signal QUIT = named("QUIT");
    /** An illegal instruction. The JVM uses it for itself. */
    public static final Signal ILL = named("ILL");
    /** A breakpoint. Its default action ends the process with a core dump. */
    public static final Signal TRAP = named("TRAP");
    /** The process aborts, by {@code abort(3)}. Its default action ends the process with a core dump. */
    public static final Signal ABRT = named("ABRT");
    /** An access to memory that is not there, such as the end of a mapped file. The JVM uses it for itself. */
    public static final Signal BUS = named("BUS");
    /** An erroneous arithmetic operation. The JVM uses it for itself. */
    public static final Signal FPE = named("FPE");
    /** Ends the process. No process can catch, ignore or block it. */
    public static final Signal KILL = named("KILL");
    /** For the program's own use. Its default action ends the process. */
    public static final Signal USR1 = named("USR1");
    /** An invalid access to memory. The JVM uses it for itself. */
    public static final Signal SEGV = named("SEGV");
    /** For the program's own use. HotSpot suspends threads with it. Its default action ends the process. */
    public static final Signal USR2 = named("USR2");
    /**
     * A write to a pipe or socket that nobody reads. The JVM ignores it by a handler. Its default action ends the
     * process.
     */
    public static final Signal PIPE = named("PIPE");
    /** A timer of {@code alarm(2)} or {@code setitimer(2)} expired. Its default action ends the process. */
    public static final Signal ALRM = named("ALRM");
    /** The request to end. Its default action ends the process. */
    public static final Signal TERM = named("TERM");
    /** A child process ended, stopped or continued. Its default action is to do nothing. */
    public static final Signal CHLD = named("CHLD");
    /** Continues a stopped process, whether it is caught or not. */
    public static final Signal CONT = named("CONT");
    /** Stops the process. No process can catch, ignore or block it. */
    public static final Signal STOP = named("STOP");
    /** The terminal's Ctrl-Z. Its default action stops the process. */
    public static final Signal TSTP = named("TSTP");
    /** A process in the background read its terminal. Its default action stops the process. */
    public static final Signal TTIN = named("TTIN");
    /** A process in the background wrote to its terminal. Its default action stops the process. */
    public static final Signal TTOU = named("TTOU");
    /** Out-of-band data at a socket. Its default action is to do nothing. */
    public static final Signal URG = named("URG");
    /** The limit of processor time is over (RLIMIT_CPU). Its default action ends the process with a core dump. */
    public static final Signal XCPU = named("XCPU");
    /**
     * A file would exceed the limit of its size (RLIMIT_FSIZE). Its default action ends the process with a core dump.
     */
    public static final Signal XFSZ = named("XFSZ");
    /** A timer of the process's user time expired ({@code setitimer(2)}). Its default action ends the process. */
    public static final Signal VTALRM = named("VTALRM");
    /** A timer of the process's processor time expired ({@code setitimer(2)}). Its default action ends the process. */
    public static final Signal PROF = named("PROF");
    /** The terminal changed its size. Its default action is to do nothing. */
    public static final Signal WINCH = named("WINCH");
    /** A descriptor is ready (O_ASYNC of {@code fcntl(2)}). Its default action ends the process. */
    public static final Signal IO = named("IO");
    /** A system call that a filter traps ({@code seccomp(2)}). Its default action ends the process with a core dump. */
    public static final Signal SYS = named("SYS");

    private final String name;
    private final int number;

    private Signal(String name, int number) {
        this.name = name;
        this.number = number;
    }

    /**
     * The signal of a name with or without {@code SIG}, in either case ({@code "TERM"}, {@code "sigterm"}), of a number
     * ({@code "15"}), or of a place among the real-time signals ({@code "RTMIN+3"}, {@code "RTMAX-1"}).
     *
     * @param name the name or number
     * @return the signal
     * @throws IllegalArgumentException if this platform has no such signal; the message says what would be right
     */
    public static Signal of(String name) {
        Objects.requireNonNull(name, "name is null: " + FORMS);
        String word = name.strip().toUpperCase(Locale.ROOT);
        if (word.isEmpty()) {
            throw new IllegalArgumentException("an empty name is no signal: " + FORMS);
        }
        String bare = word.startsWith("SIG") ? word.substring(3) : word;
        Signal signal = find(ALIASES.getOrDefault(bare, bare));
        if (signal != null) {
            return signal; // before any regular expression, see AgentStart
        }
        if (word.matches("[0-9]{1,9}")) {
            return of(Integer.parseInt(word));
        }
        if (bare.matches("RT(MIN(\\+[0-9]{1,4})?|MAX(-[0-9]{1,4})?)")) {
            return realTimeNamed(bare);
        }
        throw new IllegalArgumentException(unknown(name, bare));
    }

    /**
     * The signal of a number.
     *
     * @param number the number on this platform
     * @return the signal
     * @throws IllegalArgumentException if no signal has the number, or if the C library keeps it for itself
     */
    public static Signal of(int number) {
        Signal signal = number > 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : null;
        if (signal != null) {
            return signal;
        }
        String numbers = "numbers are 1 to 31 and " + RTMIN + " (RTMIN) to " + RTMAX + " (RTMAX)";
        boolean kept = number > 31 && number < RTMIN;
        throw new IllegalArgumentException(
                number + (kept ? " is kept by the C library for itself: " : " is no signal: ") + numbers);
    }

    /**
     * The real-time signal {@code RTMIN+offset} (POSIX, Realtime Signals: queued, each with a value, lowest first).
     *
     * <p>The kernel can deliver a burst to several threads, whose handlers run at the same time. No value is lost, but
     * two values can change places. For exact order, start the JVM with the signal blocked: {@code env
     * --block-signal=RTMIN+3 java …}. Then only the dispatcher's thread takes it, in one hop. Child processes can
     * inherit the blocked signal; {@code docs/recipes.md} says when.
     *
     * @param offset the distance from RTMIN, 0 or more
     * @return the signal
     * @throws IllegalArgumentException if the platform has no such signal
     */
    public static Signal realTime(int offset) {
        return realTime(offset, "RTMIN+" + offset);
    }

    /** {@return all signals of this platform, by number} */
    public static List<Signal> all() {
        List<Signal> all = new ArrayList<>();
        for (Signal signal : BY_NUMBER) {
            if (signal != null) {
                all.add(signal);
            }
        }
        return all;
    }

    /** {@return the name without {@code SIG}: {@code "TERM"}, {@code "RTMIN+3"}} */
    public String name() {
        return name;
    }

    /** {@return the number on this platform} */
    public int number() {
        return number;
    }

    /** {@return whether it is one of RTMIN to RTMAX} The kernel queues these; it merges pending standard signals. */
    public boolean isRealTime() {
        return number >= RTMIN;
    }

    @Override
    public int compareTo(Signal other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return name;
    }

    private static Signal named(String name) {
        Signal signal = find(name);
        if (signal == null) {
            throw new UnsatisfiedLinkError("the native library knows no signal " + name);
        }
        return signal;
    }

    private static @Nullable Signal find(String name) {
        for (Signal signal : BY_NUMBER) {
            if (signal != null && signal.name.equals(name)) {
                return signal;
            }
        }
        return null;
    }

    private static Signal realTimeNamed(String bare) {
        int distance = bare.length() == 5 ? 0 : Integer.parseInt(bare.substring(6));
        return realTime(bare.startsWith("RTMIN") ? distance : RTMAX - RTMIN - distance, bare);
    }

    private static Signal realTime(int offset, String asked) {
        if (offset < 0 || offset > RTMAX - RTMIN) {
            throw new IllegalArgumentException(asked + " is no signal: real-time signals are RTMIN (" + RTMIN
                    + ") to RTMIN+" + (RTMAX - RTMIN) + " (RTMAX, " + RTMAX + ")");
        }
        return of(RTMIN + offset);
    }

    private static String unknown(String asked, String bare) {
        if (bare.startsWith("RT")) {
            return asked + " is no signal: real-time signals are RTMIN (" + RTMIN + ") to RTMIN+" + (RTMAX - RTMIN)
                    + " (RTMAX, " + RTMAX + ")";
        }
        List<String> names = all().stream().map(Signal::name).toList();
        return asked + " is no signal: "
                + Suggestion.closest(bare, names)
                        .map(closest -> "did you mean " + closest + "?")
                        .orElse(FORMS);
    }
}
