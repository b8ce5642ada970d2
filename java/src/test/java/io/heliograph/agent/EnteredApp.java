package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.agent.AgentHost;
import io.heliograph.testing.Attacher;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Courier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** An app that an agent enters and leaves, and what it then says of its own state. */
abstract class EnteredApp {
    static final String TEST_CLASSES = System.getProperty("heliograph.testclasses");
    static final String NOTICE = "^heliograph: (attached|off): .*";

    @TempDir
    Path temporary;

    static void ends(Child app, String signal, String end) {
        try (Courier courier = Courier.send(signal, app.pid())) {
            assertThat(courier.pid()).isPositive();
            assertThat(app.ended()).isEqualTo(end);
            if (end.startsWith("exited")) {
                assertThat(app.out().all()).contains("hook ran");
            }
        }
    }

    /** When it returns, the line that the agent says of it is there, too. */
    static void attach(Child app, boolean isNative, String options) {
        int before = app.err().soFar().size() - events(app).size();
        Attacher.attachFromHere(app, isNative, options);
        app.err().await(NOTICE, before + 1);
    }

    static List<String> events(Child app) {
        return app.err().soFar().stream().filter(line -> !line.matches(NOTICE)).toList();
    }

    ChildJvm jvm() {
        return ChildJvm.jvm()
                .classPath(TEST_CLASSES)
                .option(
                        "-XX:+EnableDynamicAgentLoading",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "-Djava.io.tmpdir=" + temporary);
    }

    Child start() {
        return start(jvm());
    }

    /** Once a tool has been let in, the JVM has a thread and a socket for the next. */
    static Child start(ChildJvm jvm) {
        Child app = jvm.start(AgentHost.class);
        app.out().await("^ready$");
        assertThat(Attacher.jcmd(app, "VM.version")).isNotEmpty();
        return app;
    }

    List<String> state(Child app, String when) throws IOException {
        app.tell("state " + when).out().await("^done state " + when + "$");
        try (Stream<Path> files = Files.list(temporary)) {
            return Stream.concat(
                            app.out().soFar().stream()
                                    .filter(line -> line.startsWith(when + " "))
                                    .map(line -> line.substring(when.length() + 1)),
                            files.map(Path::toString))
                    .toList();
        }
    }

    /** The system class loader keeps each jar open that it has taken in, and Java has no way to take one back. */
    static List<String> withoutJar(List<String> state) {
        return state.stream()
                .filter(fact -> !(fact.startsWith("descriptor ") && fact.endsWith(":" + ChildJvm.jar())))
                .toList();
    }
}
