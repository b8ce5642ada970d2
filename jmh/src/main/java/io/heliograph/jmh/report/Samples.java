package io.heliograph.jmh.report;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.HdrHistogram.Histogram;
import org.openjdk.jmh.util.Statistics;

/** Samples of a row, collected by HdrHistogram: exact to three digits. */
public final class Samples {
    private static final int DIGITS = 3;

    private final Histogram histogram = new Histogram(DIGITS);

    /**
     * Adds a time.
     *
     * @throws IllegalStateException if no such time can have passed: it was not stamped, or by another clock
     */
    public void add(long nanos) {
        if (nanos <= 0) {
            throw new IllegalStateException(nanos + " ns cannot have passed: the stamps are wrong");
        }
        histogram.recordValue(nanos);
    }

    /** Adds a rate; a busy machine may leave an app no time at all. */
    public void addRate(long rate) {
        histogram.recordValue(rate);
    }

    public long count() {
        return histogram.getTotalCount();
    }

    public Measurement measurement(Row row, String check) {
        return measurement(row, histogram.getTotalCount(), histogram::getValueAtPercentile, check);
    }

    /** The measurement of JMH's samples. */
    public static Measurement measurement(Row row, Statistics samples, String check) {
        return measurement(row, samples.getN(), samples::getPercentile, check);
    }

    private static Measurement measurement(Row row, long count, DoubleUnaryOperator percentile, String check) {
        return Measurement.of(
                row,
                count,
                percentile.applyAsDouble(50),
                percentile.applyAsDouble(99),
                percentile.applyAsDouble(99.9),
                percentile.applyAsDouble(100),
                Arrays.stream(Measurement.percentiles()).map(percentile).toArray(),
                check);
    }
}
