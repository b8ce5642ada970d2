package io.heliograph.jmh.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the looks of a soak tell.
 *
 * @param growthKib the growth of the resident memory over the second half, by the line of least squares
 * @param failures a line each; empty if the soak has passed
 */
record Verdict(double growthKib, List<String> failures) {
    /** More growth over the second half fails: the JIT compiler and malloc's arenas stay far below it. */
    static final long MOST_GROWTH_KIB = 8 * 1024;

    /** With fewer looks in the second half, chance would decide about the memory. */
    private static final int LEAST_LOOKS = 4;

    /** @param looks the first is the start, the last the end */
    static Verdict of(List<Look> looks) {
        Look start = looks.get(0);
        Look end = looks.get(looks.size() - 1);
        List<String> failures = new ArrayList<>();
        for (Look look : looks) {
            if (!look.isWhole()) {
                failures.add(String.format(
                        Locale.ROOT,
                        "after %.0f s: %d raised, %d of them arrived; the ledger: %s",
                        look.seconds(),
                        look.raised(),
                        look.arrivedOfRaised(),
                        look.ledger()));
            }
        }
        grew("descriptors", start.descriptors(), end.descriptors(), failures);
        grew("threads", start.threads(), end.threads(), failures);
        List<Look> half = looks.subList(looks.size() / 2, looks.size());
        double growth = half.size() < LEAST_LOOKS
                ? 0
                : slope(half) * (end.seconds() - half.get(0).seconds());
        if (growth > MOST_GROWTH_KIB) {
            failures.add(String.format(
                    Locale.ROOT,
                    "the resident memory grew by %.0f KiB over the second half: at most %d are right",
                    growth,
                    MOST_GROWTH_KIB));
        }
        return new Verdict(growth, List.copyOf(failures));
    }

    private static void grew(String what, List<String> start, List<String> end, List<String> failures) {
        if (end.size() > start.size()) {
            List<String> more = new ArrayList<>(end);
            start.forEach(more::remove);
            failures.add(what + " grew from " + start.size() + " to " + end.size() + ": " + more);
        }
    }

    /** Kibibytes a second. */
    private static double slope(List<Look> looks) {
        double meanSeconds = looks.stream().mapToDouble(Look::seconds).average().orElseThrow();
        double meanKib = looks.stream().mapToLong(Look::residentKib).average().orElseThrow();
        double above = 0;
        double below = 0;
        for (Look look : looks) {
            double distance = look.seconds() - meanSeconds;
            above += distance * (look.residentKib() - meanKib);
            below += distance * distance;
        }
        return below == 0 ? 0 : above / below;
    }
}
