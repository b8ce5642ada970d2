package io.heliograph.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
    private static final List<String> NAMES = List.of("TERM", "TRAP", "HUP", "USR1", "WINCH", "block");

    @ParameterizedTest
    @CsvSource({
        "TERM, TERM", // itself
        "TREM, TERM", // two swapped
        "TER, TERM", // one left out
        "TERMS, TERM", // one inserted
        "TARM, TERM", // one changed
        "WICNHH, WINCH", // two apart
        "TRAM, TRAP", // as far from TERM, two, but nearer to TRAP
        "blok, block"
    })
    void theNearestOfThemIsMeant(String word, String meant) {
        assertThat(Suggestion.closest(word, NAMES)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({
        "TERMINATE", // five letters too many
        "WINDOW", // three apart
        "term", // another case is another letter
        "X", // of one letter, nothing is left to be right
        "''"
    })
    void ofWhatIsTooFarAwayNoneIsMeant(String word) {
        assertThat(Suggestion.closest(word, NAMES)).isEmpty();
    }

    @Test
    void halfOfAShortWordMustBeRight() {
        assertThat(Suggestion.closest("HA", NAMES)).isEmpty();
        assertThat(Suggestion.closest("HU", NAMES)).contains("HUP");
    }

    @Test
    void fromNothingNothingIsSuggested() {
        assertThat(Suggestion.closest("TERM", List.of())).isEmpty();
    }
}
