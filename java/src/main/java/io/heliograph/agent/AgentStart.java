package io.heliograph.agent;

import io.heliograph.agent.option.StartOptions;
import io.heliograph.internal.jni.NativeLibrary;
import io.heliograph.internal.text.StandardError;
import org.jspecify.annotations.Nullable;

/** Starts the agent, or says in one line why it does not start. */
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
            say(StartFailure.message(wrongOption));
            System.exit(WRONG_USAGE);
        } catch (Throwable lack) {
            boolean isRequired = StartOptions.isOn(StartOptions.REQUIRED, options, environment);
            say((isRequired ? "" : "the app runs without the agent: ") + StartFailure.message(lack));
            if (isRequired) {
                System.exit(WRONG_USAGE);
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
        NativeLibrary.require();
        String line = AgentSession.start(options, environment, beforeMain);
        if (line != null) {
            StandardError.println(line);
        }
    }

    private static void say(String line) {
        if (!line.equals(said)) {
            said = line;
            StandardError.println(line);
        }
    }
}
