package io.heliograph.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What others had of the processors while a run went on. */
final class ProcessorsTest {
    private static final String SELF = "7 (a) b) S 1 7 7 0 -1 4 100 200 300 400 ";

    @Test
    void othersHaveWhatIsBusyAndNotOurs() {
        Processors before = Processors.of("cpu  100 0 50 800 40 5 5 0 0 0\ncpu0 9 9\n", SELF + "10 5 20 5 20 0");
        assertThat(before).isEqualTo(new Processors(1000, 160, 40));
        // A thousand ticks more: 500 busy, 100 of them stolen, and 300 were ours.
        Processors after = Processors.of("cpu  400 0 140 1250 90 10 10 100 0 0\n", SELF + "110 55 150 25 20 0");
        assertThat(after).isEqualTo(new Processors(2000, 660, 340));
        assertThat(after.others(before, 2)).isCloseTo(0.4, within(1e-9));
    }

    @Test
    void othersHaveNoLessThanNothing() {
        assertThat(new Processors(200, 50, 60).others(new Processors(100, 0, 0), 2))
                .isZero();
        assertThat(new Processors(100, 0, 0).others(new Processors(100, 0, 0), 2))
                .isZero();
    }

    /** The kernel's own files, in the form that they have here. */
    @Test
    void theKernelIsUnderstood() {
        Optional<Processors> now = Processors.now();
        assertThat(now).hasValueSatisfying(found -> {
            assertThat(found.own()).isPositive();
            assertThat(found.busy()).isPositive();
            assertThat(found.all()).isGreaterThan(found.busy());
        });
    }
}
