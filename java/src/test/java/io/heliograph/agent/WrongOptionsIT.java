package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.PlainApp;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A wrong option stops the start, before the app's first step, with one line and EX_USAGE. */
class WrongOptionsIT {
    @ParameterizedTest
    @MethodSource("io.heliograph.agent.WrongOptions#all")
    void stopTheStart(String options, String message) {
        try (Child app = ChildJvm.jvm().agent(options).start(PlainApp.class, "hook")) {
            assertThat(app.ended()).isEqualTo("exited 64");
            assertThat(app.err().all()).containsExactly("heliograph: " + message);
            assertThat(app.out().all()).isEmpty();
        }
    }

    /** The same without the table: what an operator who mistypes TERM reads. */
    @Test
    void trem() {
        try (Child app = ChildJvm.jvm().agent("TREM=log").start(PlainApp.class)) {
            assertThat(app.ended()).isEqualTo("exited 64");
            assertThat(app.err().all())
                    .containsExactly("heliograph: option \"TREM=log\": TREM is no signal: did you mean TERM?");
            assertThat(app.out().all()).isEmpty();
        }
    }
}
