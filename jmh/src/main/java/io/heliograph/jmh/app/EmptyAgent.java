package io.heliograph.jmh.app;

import io.heliograph.jmh.cell.Program;
import io.heliograph.jmh.cell.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An agent that does nothing: what each Java agent costs. It is compiled at run time, by a process that leaves this JVM no
 * work. A class of this module would come from the app's class path, and not from the agent's jar.
 */
final class EmptyAgent {
    static final String JAR = "empty-agent.jar";

    private static final String SOURCE = """
            public class EmptyAgent {
              public static void premain(String options, java.lang.instrument.Instrumentation instrumentation) {}
            }
            """;

    private EmptyAgent() {}

    /** Makes the jar in that folder, if it is not there. */
    static Path jar(Path folder) throws IOException, InterruptedException {
        Path jar = folder.resolve(JAR);
        if (Files.notExists(jar)) {
            String source =
                    Files.writeString(folder.resolve("EmptyAgent.java"), SOURCE).toString();
            String manifest = Files.writeString(folder.resolve("manifest"), "Premain-Class: EmptyAgent\n")
                    .toString();
            String classes = folder.toString();
            Program.run(List.of(Workplace.jdk("javac"), "-d", classes, source));
            Program.run(
                    List.of(Workplace.jdk("jar"), "cfm", jar.toString(), manifest, "-C", classes, "EmptyAgent.class"));
        }
        return jar;
    }
}
