package io.heliograph.jmh.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.heliograph.jmh.report.Measurement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatenciesTest {
    @Test
    void percentilesOfTheSamples() {
        Latencies latencies = new Latencies();
        for (int i = 1; i <= 1000; i++) {
            latencies.add(i);
        }

        Measurement found = latencies.measurement("question", "contender", Map.of(), "ns", "check");

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
        assertThatThrownBy(() -> new Latencies().add(nanos)).hasMessageContaining("the stamps are not right");
    }
}
