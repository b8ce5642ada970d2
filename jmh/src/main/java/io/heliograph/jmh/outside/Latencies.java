package io.heliograph.jmh.outside;

import io.heliograph.jmh.report.Measurement;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Samples of a measurement, collected by HdrHistogram: three digits of each are right. */
public final class Latencies {
    private static final int DIGITS = 3;

    private final Histogram histogram = new Histogram(DIGITS);

    /**
     * Adds a sample.
     *
     * @throws IllegalStateException for a time that cannot be: none was stamped, or by another clock
     */
    public void add(long value) {
        if (value <= 0) {
            throw new IllegalStateException(value + " is no time that can have passed: the stamps are not right");
        }
        histogram.recordValue(value);
    }

    /** Adds a rate, which is 0 where a busy machine had no time for it. */
    public void addRate(long rate) {
        histogram.recordValue(rate);
    }

    public Measurement measurement(
            String question, String contender, Map<String, String> parameters, String unit, String check) {
        double[] points = Measurement.percentiles();
        double[] curve = new double[points.length];
        for (int i = 0; i < points.length; i++) {
            curve[i] = at(points[i]);
        }
        return new Measurement(
                question,
                contender,
                parameters,
                unit,
                0,
                histogram.getTotalCount(),
                at(50),
                at(99),
                at(99.9),
                at(100),
                curve,
                check);
    }

    private double at(double percentile) {
        return histogram.getValueAtPercentile(percentile);
    }
}
