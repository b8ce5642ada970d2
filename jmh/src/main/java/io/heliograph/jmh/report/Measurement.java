package io.heliograph.jmh.report;

import java.util.Map;
import java.util.Objects;

/**
 * What one contender did in one round: the figures, and what was verified about the work that they stand for.
 *
 * @param question the row of the report, such as {@code raise-to-worker}
 * @param contender who was measured, such as {@code sun.misc}
 * @param parameters what else the figures depend on, such as {@code workers=100}; empty for most
 * @param unit ns, bytes, threads, 1/s or KiB
 * @param round from 0
 * @param count how many samples the percentiles are of
 * @param curve the values at {@link #percentiles()}, or empty
 * @param check what was verified: "20000 raised, 20000 handled, 0 lost"
 */
@SuppressWarnings("ArrayRecordComponent") // copied where it comes in; nobody asks whether two are equal
public record Measurement(
        String question,
        String contender,
        Map<String, String> parameters,
        String unit,
        int round,
        long count,
        double p50,
        double p99,
        double p999,
        double max,
        double[] curve,
        String check) {
    private static final double[] PERCENTILES = grid();

    public Measurement {
        parameters = Map.copyOf(parameters);
        curve = curve.clone();
        Objects.requireNonNull(check, "check");
        if (count < 1) {
            throw new IllegalArgumentException(question + ", " + contender + ": nothing was measured");
        }
        if (!(p50 >= 0 && p50 <= p99 && p99 <= p999 && p999 <= max)) {
            throw new IllegalArgumentException(question + ", " + contender + ": the percentiles do not rise: " + p50
                    + ", " + p99 + ", " + p999 + ", " + max);
        }
        if (curve.length != 0 && curve.length != PERCENTILES.length) {
            throw new IllegalArgumentException(
                    question + ", " + contender + ": a curve of " + curve.length + " points");
        }
    }

    /** One figure that has no distribution, such as the bytes of an event. */
    public static Measurement single(
            String question,
            String contender,
            Map<String, String> parameters,
            String unit,
            double value,
            String check) {
        return new Measurement(
                question, contender, parameters, unit, 0, 1, value, value, value, value, new double[0], check);
    }

    /** The same with the round that it was made in. */
    public Measurement inRound(int number) {
        return new Measurement(question, contender, parameters, unit, number, count, p50, p99, p999, max, curve, check);
    }

    /** Where the points of a curve are: 0 to 99 in steps of 1, to 99.9 of 0.1, to 99.99 of 0.01; as native/bench/bench.c. */
    public static double[] percentiles() {
        return PERCENTILES.clone();
    }

    private static double[] grid() {
        double[] points = new double[118];
        for (int i = 0; i < 100; i++) {
            points[i] = i;
        }
        for (int i = 1; i <= 9; i++) {
            points[99 + i] = (990 + i) / 10.0;
            points[108 + i] = (9990 + i) / 100.0;
        }
        return points;
    }
}
