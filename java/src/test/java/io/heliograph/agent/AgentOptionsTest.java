package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.Signal;
import io.heliograph.internal.dispatch.WaitMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentOptionsTest {
    private static final Action LOG = new LogAction();
    private static final Action IGNORE = new IgnoreAction();
    private static final Action DEFAULT = new DefaultAction();
    private static final String[] FRAGMENTS = {
        "TERM",
        "SIGINT",
        "sigusr1",
        "15",
        "0",
        "64",
        "RTMIN",
        "RTMAX",
        "RTMIN+3",
        "KILL",
        "CLD",
        "wait",
        "block",
        "spin",
        "log",
        "ignore",
        "default",
        "shutdown",
        "death",
        "20s",
        "=",
        "=",
        "=",
        ",",
        ",",
        "+",
        "+",
        ":",
        "\\",
        " ",
        "-",
        "\n",
        "\u001b[2J",
        "\0",
        "\"",
        "é",
        "\u202e",
        "\ud83d",
        "99999999999",
        "RTMIN+99999999999",
        "%s",
        "$1",
        "heliograph: "
    };

    @Test
    void noOptionsLogTheSixSignalsThatPeopleSend() {
        assertThat(AgentOptions.parse(""))
                .isEqualTo(new AgentOptions(
                        List.of(
                                bound(Signal.HUP, LOG),
                                bound(Signal.INT, LOG),
                                bound(Signal.QUIT, LOG),
                                bound(Signal.TERM, LOG),
                                bound(Signal.USR1, LOG),
                                bound(Signal.USR2, LOG)),
                        Map.of()));
    }

    @Test
    void aSettingAloneLeavesTheDefaultSignals() {
        assertThat(AgentOptions.parse("wait=spin").bindings())
                .isEqualTo(AgentOptions.parse("").bindings());
    }

    @Test
    void bindingsKeepTheirOrder() {
        AgentOptions options = AgentOptions.parse("USR1=log+ignore,wait=block,HUP=default+log,RTMIN+3=ignore");
        assertThat(options.bindings())
                .containsExactly(
                        bound(Signal.USR1, LOG, IGNORE),
                        bound(Signal.HUP, DEFAULT, LOG),
                        bound(Signal.realTime(3), IGNORE));
        assertThat(options.waitMode()).contains(WaitMode.BLOCK);
    }

    @ParameterizedTest
    @CsvSource({"TERM,15", "SIGTERM,15", "term,15", "15,15", "RTMIN+3,37", "rtmax-1,63", "37,37", "CLD,17", "POLL,29"})
    void knowsASignalByEachOfItsNames(String name, int number) {
        assertThat(AgentOptions.parse(name + "=log").bindings()).containsExactly(bound(Signal.of(number), LOG));
    }

    @ParameterizedTest
    @CsvSource({"shutdown:20s,20000", "shutdown:500ms,500", "shutdown:2m,120000", "shutdown:1h,3600000"})
    void aDeadlineHasAUnit(String action, long millis) {
        assertThat(AgentOptions.parse("TERM=" + action).bindings())
                .containsExactly(bound(Signal.TERM, shutdown(action, Optional.of(Duration.ofMillis(millis)), false)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM=shutdown,death=signal", "death=signal,TERM=shutdown"})
    void theKindOfDeathHoldsWhereverItStands(String text) {
        assertThat(AgentOptions.parse(text).bindings())
                .containsExactly(bound(Signal.TERM, shutdown("shutdown", Optional.empty(), true)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM=l\\og", "TERM=\\log"})
    void aBackslashTakesNothingFromAPlainCharacter(String text) {
        assertThat(AgentOptions.parse(text).bindings()).containsExactly(bound(Signal.TERM, LOG));
    }

    @Test
    void anEscapedCommaEndsNoOption() {
        assertThatThrownBy(() -> AgentOptions.parse("TERM=log\\,INT=log"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "option \"TERM=log\\\\,INT=log\": log,INT=log is no action: use log, ignore, default, shutdown");
    }

    @ParameterizedTest
    @MethodSource("io.heliograph.agent.WrongOptions#all")
    void saysWhatIsWrongAndWhatWouldBeRight(String text, String message) {
        assertThatThrownBy(() -> AgentOptions.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    /** Whatever an operator types, or a deployment tool garbles: it is read, or refused in one line. */
    @Test
    void anyTextIsReadOrRefusedInOneLine() {
        Random random = new Random(20_250_704);
        int refused = 0;
        for (int i = 0; i < 4000; i++) {
            String text = anyText(random);
            try {
                assertThat(AgentOptions.parse(text).bindings()).as(text).isNotEmpty();
            } catch (IllegalArgumentException wrong) {
                refused++;
                assertThat(wrong.getMessage()).as(text).startsWith("option \"").matches("[ -~]*");
            }
        }
        assertThat(refused).as("refused").isBetween(2000, 3800); // so that both are seen often
    }

    @Test
    void aVeryLongOptionIsShownInPart() {
        assertThatThrownBy(() -> AgentOptions.parse("TERM=log,X=" + "é".repeat(100_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("option \"X=\\xe9\\xe9")
                .hasMessageContaining("\" (cut): X is no signal: ");
    }

    /** Right options with a few fragments put in or letters left out, or fragments alone. */
    private static String anyText(Random random) {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "TERM=log+ignore,wait=spin,RTMIN+3=default" : "");
        for (int changes = random.nextInt(6); changes > 0; changes--) {
            int place = random.nextInt(text.length() + 1);
            if (place < text.length() && random.nextInt(4) == 0) {
                text.deleteCharAt(place);
            } else if (random.nextInt(10) == 0) {
                text.insert(place, (char) random.nextInt(0x10000));
            } else {
                text.insert(place, FRAGMENTS[random.nextInt(FRAGMENTS.length)]);
            }
        }
        return text.toString();
    }

    private static Action shutdown(String text, Optional<Duration> deadline, boolean dieBySignal) {
        return new ShutdownAction(text.substring("shutdown".length()), deadline, dieBySignal);
    }

    private static Binding bound(Signal signal, Action... actions) {
        return new Binding(signal, List.of(actions));
    }
}
