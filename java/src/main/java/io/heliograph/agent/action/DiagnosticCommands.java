package io.heliograph.agent.action;

import io.heliograph.internal.jni.NativeCommands;
import io.heliograph.internal.proc.Modules;
import io.heliograph.internal.text.Failure;
import io.heliograph.internal.text.Printable;
import io.heliograph.internal.text.Suggestion;
import java.util.Arrays;
import java.util.List;

/** The JVM's diagnostic commands, those of jcmd, run inside this process without an MBean server. */
final class DiagnosticCommands {
    private DiagnosticCommands() {}

    /**
     * Runs a command, and blocks until it has ended.
     *
     * @param command its name, with its arguments behind a space
     * @return its output, in printable lines
     * @throws Failure if this JVM has no such command, or the command fails
     */
    static String run(String command) throws Failure {
        require(command);
        try {
            return Printable.lines(NativeCommands.execute(command));
        } catch (OutOfMemoryError noRoom) {
            throw noRoom;
        } catch (Throwable refused) { // a command may be written in Java, as those of JFR are
            throw new Failure(refused.getMessage() == null ? refused.toString() : refused.getMessage());
        }
    }

    /**
     * Makes sure that this JVM has the command.
     *
     * @throws Failure that names those that it has
     */
    static void require(String command) throws Failure {
        Modules.require("jdk.management");
        String name = command.replaceFirst(" .*", "");
        List<String> names = names();
        if (!names.contains(name)) {
            throw new Failure("this JVM has no command " + Printable.quote(name) + ": "
                    + Suggestion.closest(name, names)
                            .map(closest -> "did you mean " + closest + "? ")
                            .orElse("")
                    + "There are " + String.join(", ", names));
        }
    }

    /** Loads what {@link #run} needs, and runs nothing. */
    static void rehearse() {
        try {
            names();
        } catch (Failure saidWhenItIsNeeded) {
            // run() fails with the same.
        }
    }

    private static List<String> names() throws Failure {
        try {
            Class.forName("com.sun.management.internal.PlatformMBeanProviderImpl"); // loads the bean's native library
            String[] names = NativeCommands.names();
            Arrays.sort(names);
            return List.of(names);
        } catch (ClassNotFoundException | LinkageError otherJdk) {
            throw new Failure("this JDK has no diagnostic commands where we know them: " + otherJdk);
        }
    }
}
