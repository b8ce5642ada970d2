package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.agent.action.Actions;
import io.heliograph.agent.option.OptionParser;
import io.heliograph.programs.agent.PlainApp;
import io.heliograph.testing.AnyOptions;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Thorough;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A wrong option stops the start, before the app's first step, with one line and EX_USAGE. */
class WrongOptionsIT {
    private static final Predicate<String> LINE =
            Pattern.compile("heliograph: option \"[ -~]*").asMatchPredicate();

    @ParameterizedTest
    @Thorough
    @MethodSource("io.heliograph.agent.WrongOptions#all")
    void stopTheStart(String options, String message) {
        try (Child app = ChildJvm.jvm().agent(options).start(PlainApp.class, "hook")) {
            assertThat(app.ended()).isEqualTo("exited 64");
            assertThat(app.err().all()).containsExactly("heliograph: " + message);
            assertThat(app.out().all()).isEmpty();
        }
    }

    /** What a deployment tool garbles: a hundred whole starts. AgentOptionsTest and AttachIT have thousands without one. */
    @Test
    @Thorough
    void garbledOptionsStopTheStart() {
        AnyOptions options = new AnyOptions(20_261_122);
        int started = 0;
        while (started < 100) {
            String text = options.next();
            // An argument of a command ends at a NUL; and beyond ASCII it depends on the locale what arrives.
            if (text.matches("[\\x01-\\x7f]*") && isRefused(text)) {
                started++;
                try (Child app = ChildJvm.jvm().agent(text).start(PlainApp.class, "hook")) {
                    assertThat(app.ended()).as(text).isEqualTo("exited 64");
                    assertThat(app.err().all()).as(text).singleElement().matches(LINE);
                    assertThat(app.out().all()).as(text).isEmpty();
                }
            }
        }
    }

    private static boolean isRefused(String options) {
        try {
            OptionParser.parse(options, new Actions());
            return false;
        } catch (IllegalArgumentException wrong) {
            return true;
        }
    }

    /** The same without the table: what an operator who mistypes TERM reads. */
    @Test
    void aMistypedTermStopsTheStart() {
        try (Child app = ChildJvm.jvm().agent("TREM=log").start(PlainApp.class)) {
            assertThat(app.ended()).isEqualTo("exited 64");
            assertThat(app.err().all())
                    .containsExactly("heliograph: option \"TREM=log\": TREM is no signal: did you mean TERM?");
            assertThat(app.out().all()).isEmpty();
        }
    }
}
