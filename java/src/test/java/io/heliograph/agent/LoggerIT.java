package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.agent.OwnLogging;
import io.heliograph.programs.agent.PlainApp;
import io.heliograph.testing.Attacher;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Courier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines of events that go to the app's own logging. */
class LoggerIT {
    @TempDir
    private Path folder;

    /** The app's own logging is looked for when there is something to log. */
    @Test
    void theAppsLogger() throws IOException {
        try (Child app = logging(folder, "log=logger,USR1=log+ignore")) {
            assertThat(app.out().soFar()).doesNotContain("looked up io.heliograph");
            for (int time = 0; time < 2; time++) {
                try (Courier courier = Courier.send("USR1", app.pid())) {
                    app.out().await(byLogger("io.heliograph INFO: ", courier.logged("USR1")));
                }
            }
            assertThat(app.out().soFar()).containsOnlyOnce("looked up io.heliograph");
            assertThat(app.err().soFar()).isEmpty();
        }
    }

    /** Without one of the app's, java.util.logging has it. */
    @Test
    void theJdksLogger() {
        try (Child app = ChildJvm.jvm().agent("log=logger,USR1=log+ignore").startReady(PlainApp.class);
                Courier courier = Courier.send("USR1", app.pid())) {
            app.err().await(byLogger("INFO: ", courier.logged("USR1")));
        }
    }

    @Test
    void aLoggerThatThrows() throws IOException {
        try (Child app = logging(folder, "log=logger,USR1=log+ignore")) {
            app.tell("throw").out().await("^done throw$");
            for (int time = 0; time < 2; time++) {
                try (Courier courier = Courier.send("USR1", app.pid())) {
                    app.err().await(courier.logged("USR1"));
                }
            }
            assertThat(app.err().soFar())
                    .hasSize(3)
                    .first()
                    .isEqualTo(
                            "heliograph: log=logger: the logger failed: java.lang.IllegalStateException: no\\x0alogging; "
                                    + "until it works, the lines are on standard error");
            app.tell("plain").out().await("^done plain$");
            try (Courier courier = Courier.send("USR1", app.pid())) {
                app.out().await(byLogger("io.heliograph INFO: ", courier.logged("USR1")));
            }
            assertThat(app.err().soFar()).hasSize(3);
        }
    }

    /** No line waits for it, and the agent's other work goes on. */
    @Test
    void aLoggerThatHangs() throws IOException {
        try (Child app = logging(folder, "log=logger,USR1=log+ignore,USR2=thread-dump")) {
            app.tell("hang").out().await("^done hang$");
            String first;
            try (Courier courier = Courier.send("USR1", app.pid())) {
                first = courier.logged("USR1");
                app.err().await(first);
            }
            try (Courier courier = Courier.send("USR1", app.pid())) {
                app.err().await(courier.logged("USR1"));
            }
            assertThat(app.err().soFar())
                    .hasSize(3)
                    .first()
                    .isEqualTo("heliograph: log=logger: the logger takes longer than 500 ms; "
                            + "until it works, the lines are on standard error");
            try (Courier courier = Courier.send("USR2", app.pid())) {
                assertThat(courier.pid()).isPositive();
                app.err().await("^heliograph: end of the thread dump$");
            }
            app.tell("plain").out().await(byLogger("io.heliograph INFO: ", first));
            app.tell("idle").out().await("^done idle$");
            try (Courier courier = Courier.send("USR1", app.pid())) {
                app.out().await(byLogger("io.heliograph INFO: ", courier.logged("USR1")));
            }
        }
    }

    /** The logger's thread hangs and cannot end. The detaching process gets that as its error. */
    @Test
    void aLoggerThatHangsHoldsItsThread() throws IOException {
        try (Child app = logging(folder, "log=logger,USR1=log+ignore")) {
            app.tell("hang").out().await("^done hang$");
            try (Courier courier = Courier.send("USR1", app.pid())) {
                app.err().await(courier.logged("USR1"));
            }
            assertThat(Attacher.attach(app, "off")).doesNotContain("return code: 0");
            app.err()
                    .await(
                            "^heliograph: off: the app's logger has not done with a line, and holds a thread until it has$");
            app.tell("plain").out().await("^done plain$");
            assertThat(Attacher.attach(app, "off")).contains("return code: 0");
            app.err().await("^heliograph: off: there was no agent$");
        }
    }

    /** The same line behind what a logger puts before it. */
    private static String byLogger(String before, String line) {
        return "^" + before + line.substring(1);
    }

    static Child logging(Path folder, String options) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve("java.lang.System$LoggerFinder"), OwnLogging.Finder.class.getName());
        return ChildJvm.jvm()
                .classPath(ChildJvm.jar(), System.getProperty("heliograph.testclasses"), folder.toString())
                .agent(options)
                .startReady(OwnLogging.class);
    }
}
