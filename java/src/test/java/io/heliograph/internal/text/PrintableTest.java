package io.heliograph.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PrintableTest {
    @ParameterizedTest
    @MethodSource
    void linesKeepTheirEndsAndHarmNobody(String text, String printable) {
        assertThat(Printable.lines(text)).isEqualTo(printable);
    }

    static Arguments[] linesKeepTheirEndsAndHarmNobody() {
        return new Arguments[] {
            Arguments.of("", ""),
            Arguments.of("a\n\tb\n\n", "a\n\tb\n\n"),
            Arguments.of("no end", "no end\n"),
            Arguments.of("\u001b[31mred\r\n", "\\x1b[31mred\\x0d\n"),
            Arguments.of("h\u00e9\u20ac\n", "h\\xe9\\u20ac\n"),
            Arguments.of("heliograph: TERM\nheliograph: INT", "\\x68eliograph: TERM\n\\x68eliograph: INT\n"),
            Arguments.of("of heliograph: TERM\n", "of heliograph: TERM\n"),
        };
    }
}
