package io.heliograph.jmh.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.jmh.cell.Counts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A receiver that lost a signal fails the run. */
class ReceiverTest {
    private static String verify(boolean hasLedger, String output) {
        return new Receiver("any", "USR1", "", hasLedger, (workplace, file) -> List.of())
                .verify(1200, Counts.parse(output));
    }

    @Test
    void theReportHasWhatWasVerified() {
        assertThat(verify(false, "handled 1200")).startsWith("1200 sent").endsWith("1200 handled");
        assertThat(verify(true, "handled 1200 arrived 1200 dispatched 1200 lost 0"))
                .endsWith(", 0 lost by the ledger");
    }

    @ParameterizedTest
    @ValueSource(strings = {"handled 1199", "handled 1201"})
    void oneTooFewOrTooManyFails(String output) {
        assertThatThrownBy(() -> verify(false, output))
                .hasMessageContaining("1200 were sent")
                .hasMessageContaining(output.replaceAll("handled (.*)", "$1 handled"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "handled 1200 arrived 1199 dispatched 1200 lost 0",
                "handled 1200 arrived 1200 dispatched 1199 lost 0",
                "handled 1200 arrived 1200 dispatched 1200 lost 1"
            })
    void aLedgerThatDisagreesFails(String output) {
        assertThatThrownBy(() -> verify(true, output)).hasMessageContaining("the ledger says");
    }

    @Test
    void slicesAreThereFromLinux612On() {
        assertThat(List.of("6.12.0", "6.18.44-fc-v657", "7.0")).allMatch(Outside::hasSlices);
        assertThat(List.of("6.11.9", "5.15.0-91-generic", "4.18")).noneMatch(Outside::hasSlices);
    }
}
