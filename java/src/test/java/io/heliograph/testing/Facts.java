package io.heliograph.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The numbers in a line that a program of the tests has told: {@code raised=7 lost=0}. */
public final class Facts {
    private static final Pattern FACT = Pattern.compile("(\\w+)=(-?[0-9]+)");

    private final String line;
    private final Map<String, Long> numbers = new LinkedHashMap<>();

    private Facts(String line) {
        this.line = line;
        Matcher matcher = FACT.matcher(line);
        while (matcher.find()) {
            numbers.put(matcher.group(1), Long.parseLong(matcher.group(2)));
        }
    }

    public static Facts of(Matcher matcher) {
        return new Facts(matcher.group());
    }

    public long get(String name) {
        Long number = numbers.get(name);
        if (number == null) {
            throw new AssertionError("no " + name + " in: " + line);
        }
        return number;
    }

    @Override
    public String toString() {
        return line;
    }
}
