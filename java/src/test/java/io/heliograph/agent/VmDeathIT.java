package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.agent.HandlerApp;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HotSpot's exit waits for threads that are in native code: none of ours is to be one when the JVM ends. */
class VmDeathIT {
    private static final Path LIBRARY = Path.of(System.getProperty("heliograph.native"), "libvm_end.so");

    /** By their names as the kernel has them, cut at 15 characters. */
    @ParameterizedTest
    @CsvSource({"USR1=log, heliograph-disp", "TERM=shutdown:20s, heliograph-exit", "TERM=shutdown:20s, heliograph-dead"
    })
    void aThreadThatSleepsInNativeCodeEndsBeforeTheJvm(String options, String thread) {
        try (Child app = ChildJvm.jvm()
                .agent(options)
                .environment("HELIOGRAPH_TEST_ENDS", thread)
                .startReady(HandlerApp.class, LIBRARY.toString())) {
            app.tell("end");
            app.out().await("^hook ran$");
            app.out().await("^ended$");
            assertThat(app.ended()).isEqualTo("exited 0");
        }
    }

    /** An exit ends the process: a signal that comes at its very end changes no status. */
    @ParameterizedTest
    @CsvSource({"USR1=log, end", "USR1=log, exit 3", "USR1=log+ignore, end", "TERM=shutdown:20s, end"})
    void aSignalAfterTheEventOfTheEndChangesNoStatus(String options, String how) {
        String signal = options.startsWith("TERM") ? "15" : "10";
        try (Child app = ChildJvm.jvm()
                .agent(options)
                .environment("HELIOGRAPH_TEST_ENDS", "heliograph-disp")
                .environment("HELIOGRAPH_TEST_RAISES", signal)
                .startReady(HandlerApp.class, LIBRARY.toString())) {
            app.tell(how);
            app.out().await("^ended$");
            assertThat(app.ended()).isEqualTo(how.equals("end") ? "exited 0" : "exited 3");
        }
    }
}
