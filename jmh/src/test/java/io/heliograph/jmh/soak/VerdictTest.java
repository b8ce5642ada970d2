package io.heliograph.jmh.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.heliograph.Ledger;
import io.heliograph.Signal;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What makes a soak fail, and its options. */
final class VerdictTest {
    private static final Ledger WHOLE = new Ledger(Map.of(Signal.USR1, new Ledger.Counts(100, 98, 2)));

    private static Look look(long seconds, Ledger ledger, long raised, long residentKib) {
        return new Look(seconds, ledger, raised, 100, List.of("pipe"), List.of("main"), residentKib, 1_000);
    }

    /** A look each ten seconds. */
    private static List<Look> looks(LongUnaryOperator residentKib) {
        return LongStream.range(0, 20)
                .mapToObj(i -> look(10 * i, WHOLE, 100, residentKib.applyAsLong(10 * i)))
                .toList();
    }

    @Test
    void whatStaysTheSamePasses() {
        assertThat(Verdict.of(looks(second -> 180_000))).isEqualTo(new Verdict(0, List.of()));
    }

    @Test
    void aSignalThatIsNeitherDispatchedNorLostFails() {
        Ledger ledger = new Ledger(Map.of(Signal.USR1, new Ledger.Counts(100, 97, 2)));
        assertThat(Verdict.of(List.of(look(3, WHOLE, 100, 1), look(13, ledger, 100, 1)))
                        .failures())
                .singleElement()
                .asString()
                .startsWith("after 13 s: ");
    }

    @Test
    void aRaisedSignalThatDidNotArriveFails() {
        assertThat(Verdict.of(List.of(look(3, WHOLE, 100, 1), look(13, WHOLE, 101, 1)))
                        .failures())
                .singleElement()
                .asString()
                .startsWith("after 13 s: 101 raised, 100 of them arrived");
    }

    @Test
    void oneMoreDescriptorOrThreadFailsAndOneLessDoesNot() {
        Look start = look(3, WHOLE, 100, 1);
        Look more = new Look(13, WHOLE, 100, 100, List.of("pipe", "/dev/null"), List.of("main", "leaked"), 1, 1_000);
        assertThat(Verdict.of(List.of(start, more)).failures())
                .containsExactly("descriptors grew from 1 to 2: [/dev/null]", "threads grew from 1 to 2: [leaked]");
        assertThat(Verdict.of(List.of(more, start)).failures()).isEmpty();
    }

    /** The first half warms up: only the second counts. */
    @Test
    void memoryThatGrowsOverTheSecondHalfFails() {
        assertThat(Verdict.of(looks(second -> 180_000 + Math.min(second, 90) * 1_000)))
                .satisfies(verdict -> assertThat(verdict.growthKib()).isCloseTo(0, within(1e-6)))
                .satisfies(verdict -> assertThat(verdict.failures()).isEmpty());
        Verdict grown = Verdict.of(looks(second -> 180_000 + second * 100));
        assertThat(grown.growthKib()).isCloseTo(9_000, within(1e-6));
        assertThat(grown.failures())
                .containsExactly("the resident memory grew by 9000 KiB over the second half: at most 8192 are right");
    }

    @Test
    void theOptionsHaveDefaults() {
        assertThat(SoakOptions.of()).isEqualTo(new SoakOptions(15, Long.MAX_VALUE, 10, SoakOptions.Leak.NOTHING));
        assertThat(SoakOptions.of("--signals", "100000000").minutes()).isEqualTo(60);
        assertThat(SoakOptions.of("0.5", "--every", "2", "--leak", "thread"))
                .isEqualTo(new SoakOptions(0.5, Long.MAX_VALUE, 2, SoakOptions.Leak.THREAD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--fast", "0", "-3", "NaN", "--every", "--signals many", "--leak tea"})
    void aWrongOptionIsRefusedInOneLine(String arguments) {
        assertThatThrownBy(() -> SoakOptions.of(arguments.split(" ")))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .isNotBlank()
                .doesNotContain("\n");
    }
}
