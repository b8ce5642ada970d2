package io.heliograph.agent;

import io.heliograph.agent.action.Actions;
import io.heliograph.agent.option.AgentOptions;
import io.heliograph.agent.option.OptionParser;
import io.heliograph.agent.option.StartOptions;
import io.heliograph.internal.jni.NativeLibrary;
import io.heliograph.internal.text.StandardError;
import org.jspecify.annotations.Nullable;

/**
 * Starts the agent, or says in one line why it does not start.
 *
 * <p>The app's main waits for it. So a start with the usual options uses no lambda, no stream and no regular expression:
 * the first of each takes a JVM 5 to 15 ms ({@code StartIT}).
 */
final class AgentStart {
    /** EX_USAGE of sysexits(3). */
    static final int WRONG_USAGE = 64;

    /** Two agents on one command line lack the same. */
    private static @Nullable String said;

    private AgentStart() {}

    /** Ends the process if an option is wrong, or if the environment lacks something and {@code required=on} is there. */
    static void beforeMain(@Nullable String options, String environment) {
        try {
            start(options, environment, true);
        } catch (IllegalArgumentException wrongOption) {
            say(wrongOption, false);
            System.exit(WRONG_USAGE);
        } catch (Throwable lack) {
            boolean isRequired = StartOptions.isOn(StartOptions.REQUIRED, options, environment);
            boolean isGone = say(lack, !isRequired);
            if (isRequired) {
                System.exit(WRONG_USAGE);
            }
            if (isGone) { // ours may have been the last threads to be had
                SpareThreads.awaitGone("heliograph");
            }
        }
    }

    /**
     * Starts the agent in a running JVM. The environment's options are not for it: the attaching process gives all of
     * them.
     *
     * @return null, or the error, which is on standard error, too
     */
    static @Nullable String attach(@Nullable String options) {
        try {
            start(options, "", false);
            return null;
        } catch (Throwable wrong) {
            String message = StartFailure.message(wrong);
            StandardError.println(message);
            return message;
        }
    }

    private static void start(@Nullable String options, String environment, boolean beforeMain)
            throws InterruptedException {
        requireLibrary(options == null ? "" : options, environment);
        String line = AgentSession.start(options, environment, beforeMain);
        if (line != null) {
            StandardError.println(line);
        }
    }

    /** Reports a wrong option rather than the lack, if the check without the library finds one. */
    private static void requireLibrary(String options, String environment) {
        try {
            NativeLibrary.require();
        } catch (UnsatisfiedLinkError lack) {
            OptionParser.check(options, environment, new Actions());
            throw lack;
        }
    }

    /**
     * Says it in one line. An exception here would abort the JVM, as premain says.
     *
     * @param runsOn whether the app starts all the same
     * @return whether there is no agent now
     */
    private static boolean say(Throwable failure, boolean runsOn) {
        boolean isGone = true;
        try {
            AgentOptions kept = runsOn ? AgentSession.inForce() : null;
            isGone = kept == null;
            String before =
                    kept == null ? "the app runs without the agent: " : "the agent goes on with " + kept.text() + ": ";
            String line = (runsOn ? before : "") + StartFailure.message(failure);
            if (!line.equals(said)) {
                said = line;
                StandardError.println(line);
            }
        } catch (Throwable noMemoryForTheLine) {
            // The status says it, or the app runs.
        }
        return isGone;
    }
}
