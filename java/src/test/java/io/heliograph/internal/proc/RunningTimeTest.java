package io.heliograph.internal.proc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RunningTimeTest {
    private static final long MS = 1_000_000;

    private long now;

    @Test
    void itCountsWhatPassesBetweenTwoLooks() {
        RunningTime most = new RunningTime(Duration.ofMillis(300), () -> now);
        assertThat(afterMillis(most, 200)).isFalse();
        assertThat(afterMillis(most, 99)).isFalse();
        assertThat(afterMillis(most, 1)).isTrue();
    }

    /** A stop counts as two ticks, however long it is. */
    @Test
    void aStopCountsAsTwoTicks() {
        RunningTime most = new RunningTime(Duration.ofMillis(401), () -> now);
        assertThat(afterMillis(most, 100_000)).isFalse();
        assertThat(afterMillis(most, 100_000)).isFalse();
        assertThat(afterMillis(most, 1)).isTrue();
    }

    @Test
    void noTimeIsOverAtOnceAndForEverNeverIs() {
        assertThat(new RunningTime(Duration.ZERO, () -> now).isOver()).isTrue();
        RunningTime most = new RunningTime(Duration.ofSeconds(Long.MAX_VALUE), () -> now);
        assertThat(afterMillis(most, 100_000)).isFalse();
    }

    private boolean afterMillis(RunningTime most, long millis) {
        now += millis * MS;
        return most.isOver();
    }
}
