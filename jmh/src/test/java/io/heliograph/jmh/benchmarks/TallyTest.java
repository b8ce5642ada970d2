package io.heliograph.jmh.benchmarks;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A benchmark whose work was not done fails. */
final class TallyTest {
    @BeforeEach
    void reset() {
        Tally.reset();
    }

    @Test
    void whatWasHandledMustBeWhatWasRaised() {
        assertThatThrownBy(Tally::verify).hasMessage("0 raised, 0 handled");
        Tally.noteRaised();
        assertThatThrownBy(Tally::verify).hasMessage("1 raised, 0 handled");
        Tally.noteHandled();
        Tally.verify();
        Tally.noteHandled();
        assertThatThrownBy(Tally::verify).hasMessage("1 raised, 2 handled");
    }
}
