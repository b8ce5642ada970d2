package io.heliograph.agent.report;

import io.heliograph.internal.text.Printable;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The figures that need java.management. To be loaded only if there is such a module. It makes no MBean server, for the
 * app may want to make that.
 */
final class ManagedFigures {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final List<GarbageCollectorMXBean> collectors = new ArrayList<>();

    /** Of the last minute, the oldest first. */
    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(long nanos, long millisInCollection) {}

    ManagedFigures() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            // Most of a cycle of ZGC or Shenandoah is beside the app; their pauses have a bean of their own.
            if (!collector.getName().endsWith(" Cycles")) {
                collectors.add(collector);
            }
        }
    }

    int threads() {
        return threads.getThreadCount();
    }

    /** The share of the last minute, or since the first look; null at the first. */
    Figures.@Nullable CollectionShare collections(long now) {
        long millis = 0;
        for (GarbageCollectorMXBean collector : collectors) {
            millis += Math.max(0, collector.getCollectionTime());
        }
        samples.addLast(new Sample(now, millis));
        while (samples.size() > 2 && now - samples.getFirst().nanos() > MINUTE) {
            samples.removeFirst();
        }
        Sample oldest = samples.getFirst();
        long elapsed = TimeUnit.NANOSECONDS.toMillis(now - oldest.nanos());
        if (elapsed == 0) {
            return null;
        }
        long percent = Math.min(100, (millis - oldest.millisInCollection()) * 100 / elapsed);
        return new Figures.CollectionShare(percent, Math.max(1, TimeUnit.MILLISECONDS.toSeconds(elapsed)));
    }

    /** What each deadlocked thread waits for; empty if there is no deadlock. */
    List<String> deadlock() {
        List<String> waits = new ArrayList<>();
        long[] ids = threads.findDeadlockedThreads();
        if (ids != null) {
            for (ThreadInfo thread : threads.getThreadInfo(ids)) {
                if (thread != null && thread.getLockInfo() != null) {
                    waits.add(Printable.quote(thread.getThreadName()) + " waits for a "
                            + Printable.escape(thread.getLockInfo().getClassName()) + " that "
                            + Printable.quote(String.valueOf(thread.getLockOwnerName())) + " holds");
                }
            }
        }
        return waits;
    }
}
