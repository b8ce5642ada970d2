package io.heliograph.jmh.cell;

import java.util.HashMap;
import java.util.Map;

/** The numbers that a program prints: "handled 5 lost 0". */
public record Counts(Map<String, Long> numbers) {
    public static Counts parse(String line) {
        String[] words = line.strip().split(" ", -1);
        Map<String, Long> numbers = new HashMap<>();
        for (int i = 0; i + 1 < words.length; i += 2) {
            numbers.put(words[i], Long.parseLong(words[i + 1]));
        }
        return new Counts(Map.copyOf(numbers));
    }

    /** That number, which the program must have printed. */
    public long of(String name) {
        Long number = numbers.get(name);
        if (number == null) {
            throw new IllegalStateException("a program printed no \"" + name + "\", only " + numbers);
        }
        return number;
    }
}
