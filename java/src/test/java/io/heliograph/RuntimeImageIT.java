package io.heliograph;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.agent.PlainApp;
import io.heliograph.programs.signals.Patient;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Conversation;
import io.heliograph.testing.Courier;
import io.heliograph.testing.RuntimeImage;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Library and agent in a run-time image that has neither Flight Recorder nor JMX, nor sun.misc. */
class RuntimeImageIT {
    @TempDir
    static Path folder;

    private static Path image;

    @BeforeAll
    static void makeTheImage() {
        image = RuntimeImage.link(folder.resolve("image"), "java.base", "java.instrument");
        assertThat(image.resolve("release")).content().contains("MODULES=\"java.base java.instrument\"");
    }

    @Test
    void theLibraryRuns() {
        try (Child child = ChildJvm.jvm().image(image).start(Patient.class)) {
            Conversation app = Conversation.with(child);
            app.tellAll("catch USR1", "raise USR1", "observe TERM", "table");
            app.out().await("^worked USR1$");
            app.out().await("^USR1 +10 +caught +Heliograph +default +- +1 +1 +0 +catch .* inline +pid " + app.pid());
            app.out().await("^TERM +15 +caught +Heliograph +HotSpot for java\\.lang\\.Terminator\\$\\S+ +- ");
            app.out().await("^RTMIN to RTMIN\\+27 +34-61 +default( +-)+$");
            assertThat(app.tell("app ALRM")).isEqualTo("NoClassDefFoundError: sun/misc/SignalHandler");
            assertThat(app.end()).isEqualTo("exited 0");
            assertThat(child.err().all()).isEmpty();
        }
    }

    @Test
    void theAgentRuns() {
        try (Child app = ChildJvm.jvm().image(image).agent("").start(PlainApp.class)) {
            app.out().await("^ready$");
            try (Courier courier = Courier.send("TERM", app.pid())) {
                app.err().await(courier.logged("TERM"));
            }
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.err().all()).hasSize(1);
        }
    }

    @Test
    void whatNeedsAModuleSaysSo() {
        try (Child app = ChildJvm.jvm().image(image).agent("jmx=on").start(PlainApp.class)) {
            app.out().await("^ready$");
            app.tell("exit 7");
            assertThat(app.ended()).isEqualTo("exited 7");
            assertThat(app.err().all())
                    .containsExactly(
                            "heliograph: the app runs without the agent: jmx=on: this JVM runs without the module "
                                    + "java.management: leave jmx=on out, or add the module with --add-modules, or to the "
                                    + "run-time image with jlink");
        }
    }
}
