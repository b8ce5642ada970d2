package io.heliograph.jmh.report;

import java.util.Map;

/**
 * The figures of one contender in one round, and what was verified about the work behind them. The programs of native/bench
 * print one as a line of JSON.
 *
 * @param question such as {@code raise-to-worker}
 * @param contender such as {@code sun.misc}
 * @param parameters what else the figures depend on, such as {@code workers=100}
 * @param unit such as ns, bytes or 1/s
 * @param round from 0
 * @param count the number of samples
 * @param curve the values at {@link #percentiles()}, or empty
 * @param check what was verified, such as "20000 raised, 20000 handled"
 */
@SuppressWarnings("ArrayRecordComponent") // copied in the constructor; nothing compares two measurements
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

    /** A measurement of one figure, such as the bytes of an event. */
    public static Measurement single(Row row, double value, String check) {
        return of(row, 1, value, value, value, value, new double[0], check);
    }

    static Measurement of(
            Row row, long count, double p50, double p99, double p999, double max, double[] curve, String check) {
        return new Measurement(
                row.question(),
                row.contender(),
                row.parameters(),
                row.unit(),
                0,
                count,
                p50,
                p99,
                p999,
                max,
                curve,
                check);
    }

    public Row row() {
        return new Row(question, contender, parameters, unit);
    }

    public Measurement inRound(int number) {
        return new Measurement(question, contender, parameters, unit, number, count, p50, p99, p999, max, curve, check);
    }

    /** The points of a curve: 0 to 99 in steps of 1, to 99.9 in steps of 0.1, to 99.99 in steps of 0.01; as in bench.c. */
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
