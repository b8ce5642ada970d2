package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.agent.PlainApp;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Courier;
import io.heliograph.testing.RuntimeImage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An app's own run-time image, without jdk.jfr, java.management and jdk.management. */
class SmallImageIT {
    @TempDir
    private Path folder;

    @Test
    void actionsDoWhatTheImageHasAndSayWhatItLacks() {
        Path image = RuntimeImage.link(folder.resolve("image"), "java.base", "java.instrument");
        String options = "USR1=log+thread-dump,USR2=heap-dump:" + folder + "/h+jfr-dump:" + folder + "/j";
        try (Child app = ChildJvm.jvm().image(image).agent(options).start(PlainApp.class)) {
            app.out().await("^ready$");
            assertThat(app.err().soFar()).isEmpty();
            try (Courier courier = Courier.send("USR1", app.pid())) {
                app.err().await(courier.logged("USR1"));
                app.err().await("^HotSpot's own dump is missing: needs the module jdk.management, ");
                app.err().await("^\"main\" #\\d+ prio=5$");
                app.err().await("^\tat .*io\\.heliograph\\.programs\\.agent\\.PlainApp\\.main\\(");
                app.err().await("^heliograph: end of the thread dump$");
            }
            try (Courier courier = Courier.send("USR2", app.pid())) {
                assertThat(courier.pid()).isPositive();
                lacks(app, "heap-dump:" + folder + "/h", "jdk.management");
                lacks(app, "jfr-dump:" + folder + "/j", "jdk.jfr");
            }
            app.tell("are you there?").out().await("^heard are you there\\?$");
        }
    }

    private static void lacks(Child app, String action, String module) {
        app.err()
                .await("^heliograph: USR2=" + action + ": needs the module " + module
                        + ", which this JVM runs without: "
                        + "add it with --add-modules, or to the run-time image with jlink$");
    }
}
