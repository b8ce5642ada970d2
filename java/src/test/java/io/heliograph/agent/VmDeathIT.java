package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.HandlerApp;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** HotSpot's exit waits for threads that are in native code: none of ours is to be one when the JVM ends. */
class VmDeathIT {
    private static final Path LIBRARY = Path.of(System.getProperty("heliograph.native"), "libvm_end.so");

    @Test
    void theDispatcherEndsBeforeTheJvmDoes() {
        try (Child app = ChildJvm.jvm()
                .agent("USR1=log")
                .environment("HELIOGRAPH_TEST_ENDS", "heliograph-disp")
                .startReady(HandlerApp.class, LIBRARY.toString())) {
            app.tell("end");
            app.out().await("^hook ran$");
            app.out().await("^ended$");
            assertThat(app.ended()).isEqualTo("exited 0");
        }
    }
}
