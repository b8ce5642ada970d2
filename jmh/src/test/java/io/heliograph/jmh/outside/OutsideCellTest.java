package io.heliograph.jmh.outside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run whose work was not done is no run. */
class OutsideCellTest {
    private static final Contender PLAIN = contender(false);
    private static final Contender COUNTING = contender(true);

    private static Contender contender(boolean counts) {
        return new Contender("any", "USR1", "", counts, file -> List.of());
    }

    @Test
    void whatWasVerifiedIsTold() {
        assertThat(OutsideCell.verify(PLAIN, 1200, Map.of("handled", 1200L))).contains("1200 sent", "1200 handled");
        assertThat(OutsideCell.verify(COUNTING, 1200, said(1200, 1200, 0))).endsWith(", 0 lost by the ledger");
    }

    @ParameterizedTest
    @CsvSource({"1199", "1201"})
    void oneTooFewOrTooManyFails(long handled) {
        assertThatThrownBy(() -> OutsideCell.verify(PLAIN, 1200, Map.of("handled", handled)))
                .hasMessageContaining("1200 were sent")
                .hasMessageContaining(handled + " handled");
    }

    @Test
    void whoeverSaysNothingFails() {
        assertThatThrownBy(() -> OutsideCell.verify(PLAIN, 1200, Map.of()))
                .hasMessageStartingWith("\"handled\" was to be told");
    }

    @ParameterizedTest
    @CsvSource({"1199, 1200, 0", "1200, 1199, 0", "1200, 1200, 1"})
    void aLedgerThatDoesNotAgreeFails(long arrived, long dispatched, long lost) {
        assertThatThrownBy(() -> OutsideCell.verify(COUNTING, 1200, said(arrived, dispatched, lost)))
                .hasMessageContaining("the ledger says");
    }

    @Test
    void wordsAndNumbers() {
        assertThat(OutsideCell.words("handled 5 lost 0\n")).isEqualTo(Map.of("handled", 5L, "lost", 0L));
    }

    private static Map<String, Long> said(long arrived, long dispatched, long lost) {
        return Map.of("handled", 1200L, "arrived", arrived, "dispatched", dispatched, "lost", lost);
    }
}
