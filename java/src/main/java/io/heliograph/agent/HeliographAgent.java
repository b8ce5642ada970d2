package io.heliograph.agent;

import io.heliograph.SignalException;
import io.heliograph.internal.jni.NativeLibrary;
import io.heliograph.internal.text.Printable;
import io.heliograph.internal.text.StandardError;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/**
 * The agent's entry points. They parse the options, register the signals and return. They load no class of the app,
 * transform no byte code, and log nothing. A change in a running JVM is reported in one line.
 */
public final class HeliographAgent {
    /** EX_USAGE of sysexits(3). */
    static final int WRONG_USAGE = 64;

    private HeliographAgent() {}

    /**
     * For {@code -javaagent}, called before the app's main. A wrong option ends the process with one line on standard
     * error and status 64. An exception would abort the JVM with a core dump (java.lang.instrument, "premain").
     */
    @SuppressWarnings("unused") // the signature that java.lang.instrument looks for first
    public static void premain(@Nullable String options, Instrumentation instrumentation) {
        startOrExit(options);
    }

    /**
     * For attaching to a running JVM. A wrong option is reported to the attaching process, and in one line on standard
     * error. The app goes on with the registrations of an earlier agent. Only an exception reports to the attaching
     * process, and so the JVM prints its trace.
     */
    @SuppressWarnings("unused") // as above
    public static void agentmain(@Nullable String options, Instrumentation instrumentation) {
        String wrong = startOrSay(options, false);
        if (wrong != null) {
            throw new AgentNotStarted(wrong);
        }
    }

    static void startOrExit(@Nullable String options) {
        if (startOrSay(options, true) != null) {
            System.exit(WRONG_USAGE);
        }
    }

    /** Starts the agent. Returns null, or the error, which it has printed on standard error. */
    static @Nullable String startOrSay(@Nullable String options, boolean beforeMain) {
        try {
            NativeLibrary.require();
            String line = AgentSession.start(options, beforeMain);
            if (line != null) {
                StandardError.println(line);
            }
            return null;
        } catch (Throwable wrong) {
            String message = message(wrong);
            StandardError.println(message);
            return message;
        }
    }

    /** Our own exceptions say all in one line. For others (memory, threads) the class says more than the message. */
    private static String message(Throwable wrong) {
        boolean isOurs = wrong instanceof IllegalArgumentException
                || wrong instanceof IllegalStateException
                || wrong instanceof SignalException
                || wrong instanceof UnsatisfiedLinkError;
        return isOurs
                ? String.valueOf(wrong.getMessage())
                : "the agent could not start: " + Printable.escape("" + wrong);
    }

    /** For the attaching process, without a stack trace. */
    private static final class AgentNotStarted extends RuntimeException {
        private static final long serialVersionUID = 1;

        AgentNotStarted(String message) {
            super(message, null, false, false);
        }
    }
}
