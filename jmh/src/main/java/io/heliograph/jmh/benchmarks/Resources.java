package io.heliograph.jmh.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * What an iteration took: events, bytes that all threads allocated, started threads. Before Java 21, JMH's own profiler
 * misses the bytes of an ended thread. sun.misc's threads end, so they call {@link #noteEndOfThread}; what they allocate
 * after the worker is missing here.
 */
public final class Resources implements InternalProfiler {
    /** The names of the results. */
    public static final String RAISED = "raised";

    public static final String HANDLED = "handled";
    public static final String BYTES = "bytes";
    public static final String THREADS = "threads";

    private static final ThreadMXBean MX = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static volatile long ofEndedThreads;

    private long bytesBefore;
    private long threadsBefore;
    private long raisedBefore;
    private long handledBefore;

    /** Called by a thread that is about to end; one at a time. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    static void noteEndOfThread() {
        ofEndedThreads += MX.getCurrentThreadAllocatedBytes();
    }

    @Override
    public String getDescription() {
        return "events, allocated bytes and started threads";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        raisedBefore = Tally.raised();
        handledBefore = Tally.handled();
        threadsBefore = MX.getTotalStartedThreadCount();
        bytesBefore = allocated();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        long bytes = allocated() - bytesBefore;
        long threads = MX.getTotalStartedThreadCount() - threadsBefore;
        return List.of(
                sum(RAISED, Tally.raised() - raisedBefore),
                sum(HANDLED, Tally.handled() - handledBefore),
                sum(BYTES, bytes),
                sum(THREADS, threads));
    }

    private static ScalarResult sum(String name, long value) {
        return new ScalarResult(name, value, "", AggregationPolicy.SUM);
    }

    private static long allocated() {
        long sum = ofEndedThreads;
        for (long bytes : MX.getThreadAllocatedBytes(MX.getAllThreadIds())) {
            sum += Math.max(bytes, 0); // -1 for one that has just ended
        }
        return sum;
    }
}
