package io.heliograph.programs.workers;

import io.heliograph.programs.Talk;
import io.heliograph.workers.JavaCommand;
import io.heliograph.workers.WorkerGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Starts a child JVM that says its class path's length and its command line. Its argument: the bytes of an argument,
 * or {@code plain}: without a group.
 */
public final class LongClassPath {
    private LongClassPath() {}

    /** The child. */
    public static final class Child {
        private Child() {}

        public static void main(String[] args) throws IOException {
            Talk.say("child " + System.getProperty("java.class.path").length() + " "
                    + System.getProperty("heliograph.test", "").length() + " of "
                    + Files.readString(Path.of("/proc/self/cmdline")).replace('\0', ' '));
        }
    }

    public static void main(String[] args) throws Exception {
        Talk.say("parent " + System.getProperty("java.class.path").length());
        if (args[0].equals("plain")) {
            startPlain();
            return;
        }
        try (WorkerGroup group = WorkerGroup.open()) {
            try {
                group.javaProcess("child", Child.class, "x".repeat(Integer.parseInt(args[0])));
            } catch (IOException e) {
                Talk.say(e.getMessage());
            }
            group.join();
        }
    }

    private static void startPlain() throws Exception {
        try {
            JavaCommand.of(Child.class).toProcessBuilder().start().waitFor();
        } catch (UncheckedIOException e) {
            Talk.say(e.getMessage());
        }
    }
}
