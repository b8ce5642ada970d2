package io.heliograph.internal.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that a misspelt word was meant to be. */
public final class Suggestion {
    private Suggestion() {}

    /** The nearest candidate, at most two letters away (inserted, left out, changed or swapped). */
    public static Optional<String> closest(String word, Collection<String> candidates) {
        int most = Math.min(2, word.length() / 2);
        return candidates.stream()
                .filter(candidate -> distance(word, candidate) <= most)
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
    }

    /**
     * The value of that name, in small letters.
     *
     * @param wrong the beginning of the message if there is none
     * @throws IllegalArgumentException with a message that says what would be right
     */
    public static <E extends Enum<E>> E valueNamed(E[] values, String name, String wrong) {
        List<String> names = new ArrayList<>();
        for (E value : values) {
            names.add(value.name().toLowerCase(Locale.ROOT));
            if (names.get(names.size() - 1).equals(name)) {
                return value;
            }
        }
        throw new IllegalArgumentException(wrong + ": "
                + closest(name, names)
                        .map(closest -> "did you mean " + closest + "?")
                        .orElse("use " + String.join(" or ", names)));
    }

    /** The optimal string alignment distance: insertions, deletions, changes and swaps of neighbours. */
    private static int distance(String one, String other) {
        int[][] cost = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, one, other, i, j);
            }
        }
        return cost[one.length()][other.length()];
    }

    private static int step(int[][] cost, String one, String other, int i, int j) {
        int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        int best = Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
