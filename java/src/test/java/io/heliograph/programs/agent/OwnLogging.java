package io.heliograph.programs.agent;

import io.heliograph.programs.Talk;
import java.util.Arrays;
import java.util.ResourceBundle;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * An app that brings its own logging. Standard input says how it behaves from then on: "plain", "throw" or "hang"; "idle" is
 * answered when the agent's thread waits for its next line.
 */
public final class OwnLogging {
    private static final Semaphore LEAVE = new Semaphore(0);
    private static volatile String mode = "plain";

    private OwnLogging() {}

    public static void main(String[] args) {
        System.getLogger("the app's").log(System.Logger.Level.INFO, "begins");
        Talk.say("ready");
        for (String line = Talk.hear(); ; line = Talk.hear()) {
            if (line.equals("idle")) {
                Talk.until(OwnLogging::isIdle);
            } else {
                mode = line;
                LEAVE.release(LEAVE.hasQueuedThreads() ? 1 : 0);
            }
            Talk.say("done " + line);
        }
    }

    private static boolean isIdle() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().equals("heliograph-logger"))
                .flatMap(thread -> Arrays.stream(thread.getValue()))
                .anyMatch(frame -> frame.getMethodName().equals("next"));
    }

    /** To be named in META-INF/services. */
    public static final class Finder extends System.LoggerFinder {
        @Override
        public System.Logger getLogger(String name, Module module) {
            Talk.say("looked up " + name);
            return new Logger(name);
        }
    }

    private record Logger(String name) implements System.Logger {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, String message, @Nullable Throwable thrown) {
            log(level, bundle, message);
        }

        @Override
        public void log(Level level, @Nullable ResourceBundle bundle, String format, @Nullable Object... values) {
            switch (mode) {
                case "throw" -> throw new IllegalStateException("no\nlogging");
                case "hang" -> LEAVE.acquireUninterruptibly();
                default -> {}
            }
            Talk.say(name + " " + level + ": " + format);
        }
    }
}
