package io.heliograph.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.jmh.report.Figures.Row;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nobody is compared with a program that has other hops. */
final class PeersTest {
    @ParameterizedTest
    @CsvSource({
        "raise-to-worker, inline-blocking, c-blocking",
        "raise-to-worker, inline-spinning, c-spinning",
        "burst, inline-blocking, c-blocking",
        "burst, inline-blocking-real-time, c-blocking",
        "burst, inline-spinning, c-spinning",
        "interrupted-thread, inline-blocking, c-write-64",
        "interrupted-thread, inline-spinning, c-write-64-spinning",
        "in-turn, inline-blocking, bare-handler",
        "registering, sun.misc, c-sigaction",
        "registering, inline-blocking, c-sigaction",
        "outside, blocking, c-two-hops-slice",
        "outside-busy, blocking-no-slice, c-two-hops",
        "interrupted-from-outside, not-looking, c-write-64",
        "outside, spinning, c-two-hops-spinning",
        "outside, signal-blocked, c-one-hop",
    })
    void withTheSameHops(String question, String contender, String floor) {
        assertThat(Peers.floor(new Row(question, contender, Map.of(), "ns"))).isEqualTo(floor);
    }

    @ParameterizedTest
    @CsvSource({
        "raise-to-worker, sun.misc",
        "raise-to-worker, own-thread-blocking",
        "raise-to-worker, executor-spinning",
        "raise-to-worker, nothing",
        "raise-to-worker, c-spinning",
        "burst, sun.misc",
        "interrupted-thread, sun.misc",
        "in-turn, nothing",
        "in-turn, bare-handler",
        "registering, own-thread-blocking",
        "outside, python3",
        "interrupted-from-outside, looking",
        "outside, node",
        "outside, sun.misc",
        "outside, nothing",
        "outside, c-sigwaitinfo",
        "fan-out, inline-blocking",
    })
    void withNobody(String question, String contender) {
        assertThat(Peers.floor(new Row(question, contender, Map.of(), "ns"))).isEmpty();
    }
}
