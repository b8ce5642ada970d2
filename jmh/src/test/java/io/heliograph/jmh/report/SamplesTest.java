package io.heliograph.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplesTest {
    @Test
    void percentilesOfTheSamples() {
        Samples samples = new Samples();
        for (int i = 1; i <= 1000; i++) {
            samples.add(i);
        }

        Measurement found = samples.measurement(Row.ns("question", "contender"), "check");

        assertThat(found.count()).isEqualTo(1000);
        assertThat(found.p50()).isCloseTo(500, within(1.0));
        assertThat(found.p99()).isCloseTo(990, within(1.0));
        assertThat(found.p999()).isCloseTo(999, within(1.0));
        assertThat(found.max()).isCloseTo(1000, within(1.0));
        assertThat(found.curve()).hasSameSizeAs(Measurement.percentiles()).isSorted();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -5})
    void aTimeThatCannotHavePassedIsRefused(long nanos) {
        assertThatThrownBy(() -> new Samples().add(nanos)).hasMessageContaining("the stamps are wrong");
    }
}
