package io.heliograph.testing;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the doctor says of one signal, as the program Patient tells it. */
public record Finding(
        String signal,
        int number,
        String kind,
        boolean blockedInFirst,
        int blockedThreads,
        int threads,
        boolean pending,
        String layers,
        String registered,
        String counts,
        String lastSender) {
    /** By signal. */
    public static Map<String, Finding> parse(String answer) {
        Map<String, Finding> findings = new LinkedHashMap<>();
        Arrays.stream(answer.split(";", -1)).map(Finding::one).forEach(one -> findings.put(one.signal(), one));
        return findings;
    }

    private static Finding one(String text) {
        String[] words = text.split(" ", -1);
        if (words.length != 11) {
            throw new AssertionError("no finding: " + text);
        }
        return new Finding(
                words[0],
                Integer.parseInt(words[1]),
                words[2],
                Boolean.parseBoolean(words[3]),
                Integer.parseInt(words[4]),
                Integer.parseInt(words[5]),
                Boolean.parseBoolean(words[6]),
                words[7],
                words[8],
                words[9],
                words[10]);
    }
}
