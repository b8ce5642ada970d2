package io.heliograph.agent.option;

import io.heliograph.internal.text.Suggestion;
import java.util.List;
import java.util.Locale;

/** Checks a signal's name without the native library, which {@code Signal} needs. */
final class SignalName {
    private static final List<String> NAMES = List.of(
            "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
            "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
            "WINCH", "IO", "PWR", "SYS", "IOT", "POLL", "CLD");

    private SignalName() {}

    /**
     * Returns the name without SIG, in capital letters.
     *
     * @throws IllegalArgumentException as Signal.of(String), if no system has it
     */
    static String require(String text) {
        String word = text.strip().toUpperCase(Locale.ROOT);
        String bare = word.startsWith("SIG") ? word.substring(3) : word;
        if (NAMES.contains(bare) || bare.matches("RT(MIN(\\+[0-9]{1,2})?|MAX(-[0-9]{1,2})?)|[1-9]|[1-5][0-9]|6[0-4]")) {
            return bare;
        }
        throw new IllegalArgumentException(text + " is no signal: "
                + Suggestion.closest(bare, NAMES)
                        .map(closest -> "did you mean " + closest + "?")
                        .orElse("use a name (TERM or SIGTERM), a number (15) or RTMIN+3"));
    }
}
