package io.heliograph;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.signals.EveryPart;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Courier;
import io.heliograph.testing.ProcStatus;
import io.heliograph.testing.Relocation;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The library in an app's own jar, under another name of its packages. */
class RelocatedIT {
    private static final String OTHER = "com.acme.shaded";
    private static final String RENAMED = OTHER + ".io.heliograph";
    private static final String PROGRAM = EveryPart.class.getName();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eachPartWorks(boolean alsoStrings) throws IOException {
        try (Child app = ChildJvm.jvm().classPath(renamed(OTHER, alsoStrings)).start(OTHER + "." + PROGRAM)) {
            assertParts(app, RENAMED);
            isCaughtBy(app, RENAMED);
            Child.run("kill", "-QUIT", "" + app.pid());
            app.out().await("^Full thread dump ");
        }
    }

    @Test
    void aCopyWithItsOwnNameIsBesideIt() throws IOException {
        ChildJvm jvm = ChildJvm.jvm()
                .classPath(renamed(OTHER, true), ChildJvm.jar(), System.getProperty("heliograph.testclasses"));
        try (Child app = jvm.start(OTHER + "." + PROGRAM, PROGRAM)) {
            assertParts(app, "io.heliograph");
            app.out().await("^" + RENAMED + " child true$");
            app.out().await("^java.lang.UnsupportedOperationException$"); // the JVM lets one copy suspend threads
            isCaughtBy(app, RENAMED);
            assertThat(ProcStatus.mapped(app.pid(), "/libheliograph.so")).hasSize(2);
        }
    }

    @Test
    void theAgentIsBesideIt() throws IOException {
        ChildJvm jvm = ChildJvm.jvm().classPath(renamed(OTHER, true)).agent("WINCH=log");
        try (Child app = jvm.start(OTHER + "." + PROGRAM)) {
            assertParts(app, RENAMED);
            isCaughtBy(app, RENAMED);
            try (Courier courier = Courier.send("WINCH", app.pid())) {
                app.err().await(courier.logged("WINCH"));
            }
        }
    }

    private String renamed(String to, boolean alsoStrings) throws IOException {
        Path jar = folder.resolve("app.jar");
        new Relocation(to, alsoStrings)
                .write(Path.of(ChildJvm.jar()), Path.of(System.getProperty("heliograph.testclasses")), jar);
        return jar.toString();
    }

    private static void assertParts(Child app, String name) {
        app.out().await("^" + name + " child true$");
        app.out().await("^" + name + "\\.SignalInterrupt$");
    }

    private static void isCaughtBy(Child app, String name) {
        app.out().await("^ready$");
        try (Courier courier = Courier.send("USR1", app.pid())) {
            app.out().await("^" + name + " caught USR1 of pid " + courier.pid() + "$");
        }
    }
}
