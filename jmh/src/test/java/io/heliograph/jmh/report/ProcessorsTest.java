package io.heliograph.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The work of other processes during a run. */
final class ProcessorsTest {
    private static final String SELF = "7 (a) b) S 1 7 7 0 -1 4 100 200 300 400 ";

    @Test
    void otherProcessesDidWhatIsBusyAndNotOurs() {
        Processors before = Processors.of("cpu  100 0 50 800 40 5 5 0 0 0\ncpu0 9 9\n", SELF + "10 5 20 5 20 0");
        assertThat(before).isEqualTo(new Processors(1000, 160, 40));
        // A thousand ticks later, 500 of them busy: 100 stolen, 300 ours.
        Processors after = Processors.of("cpu  400 0 140 1250 90 10 10 100 0 0\n", SELF + "110 55 150 25 20 0");
        assertThat(after).isEqualTo(new Processors(2000, 660, 340));
        assertThat(after.others(before, 2)).isCloseTo(0.4, within(1e-9));
    }

    @Test
    void theKernelsFilesAreUnderstood() {
        assertThat(Processors.now()).hasValueSatisfying(found -> {
            assertThat(found.own()).isPositive();
            assertThat(found.busy()).isPositive();
            assertThat(found.all()).isGreaterThan(found.busy());
        });
    }
}
