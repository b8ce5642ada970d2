package io.heliograph.agent;

import io.heliograph.agent.option.StartOptions;
import io.heliograph.internal.jni.NativeLibrary;
import io.heliograph.internal.text.StandardError;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Starts the agent, or says in one line why it does not start. */
final class AgentStart {
    /** EX_USAGE of sysexits(3). */
    static final int WRONG_USAGE = 64;

    private static final File TASKS = new File("/proc/self/task");

    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Two agents on one command line lack the same. */
    private static @Nullable String said;

    private AgentStart() {}

    /** Ends the process if an option is wrong, or if the environment lacks something and {@code required=on} is there. */
    static void beforeMain(@Nullable String options, String environment) {
        try {
            start(options, environment, true);
        } catch (IllegalArgumentException wrongOption) {
            say(wrongOption, "");
            System.exit(WRONG_USAGE);
        } catch (Throwable lack) {
            boolean isRequired = StartOptions.isOn(StartOptions.REQUIRED, options, environment);
            say(lack, isRequired ? "" : "the app runs without the agent: ");
            if (isRequired) {
                System.exit(WRONG_USAGE);
            }
            awaitTasksGone();
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

    /**
     * Waits a moment until the threads that have ended are gone from the system, too, which Thread.join() does not. The
     * JVM does not start without one more thread (NotificationThread), and ours may have been the last to be had.
     */
    private static void awaitTasksGone() {
        long until = System.nanoTime() + MOST_NANOS;
        while (hasTask() && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private static boolean hasTask() {
        String[] tasks = TASKS.list();
        if (tasks != null) {
            for (String task : tasks) {
                // Files would need further descriptors for classes, and there may be none.
                try (FileInputStream comm = new FileInputStream(TASKS + "/" + task + "/comm")) {
                    if (new String(comm.readNBytes(10), StandardCharsets.US_ASCII).equals("heliograph")) {
                        return true;
                    }
                } catch (IOException gone) {
                    // The next one.
                }
            }
        }
        return false;
    }

    /** An exception here would abort the JVM, as premain says. */
    private static void say(Throwable failure, String before) {
        try {
            String line = before + StartFailure.message(failure);
            if (!line.equals(said)) {
                said = line;
                StandardError.println(line);
            }
        } catch (Throwable noMemoryForTheLine) {
            // The status says it, or the app runs.
        }
    }
}
