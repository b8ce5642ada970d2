package io.heliograph.agent.report;

import io.heliograph.agent.log.JsonObject;
import io.heliograph.internal.jni.NativeReport;
import io.heliograph.internal.proc.CgroupFigures;
import io.heliograph.internal.proc.Modules;
import io.heliograph.internal.text.Printable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Figures of this process at one time.
 *
 * @param ran for how long the process had run
 * @param heapMost the most that the heap may have
 * @param collections empty where the image lacks java.management, or at the first look
 * @param threads the number of Java threads; -1 where it is not known
 */
record Figures(
        Duration ran,
        long heapUsed,
        long heapMost,
        @Nullable CollectionShare collections,
        CgroupFigures cgroup,
        int threads) {
    private static final String VM = System.getProperty("java.vm.name") + " " + System.getProperty("java.version");
    private static final String APP = app(System.getProperty("sun.java.command", ""));

    /** The part of a time that went into garbage collection. */
    record CollectionShare(long percent, long seconds) {}

    /** Where they come from. Used by one thread. */
    static final class Source {
        /** Loaded only where there is the module: it refers to classes of it. */
        private final @Nullable ManagedFigures managed = Modules.has("java.management") ? new ManagedFigures() : null;

        Figures now() {
            Runtime runtime = Runtime.getRuntime();
            return new Figures(
                    Duration.ofNanos(NativeReport.ranNanos()),
                    runtime.totalMemory() - runtime.freeMemory(),
                    runtime.maxMemory(),
                    managed == null ? null : managed.collections(System.nanoTime()),
                    CgroupFigures.now(),
                    managed == null ? -1 : managed.threads());
        }

        List<String> deadlock() {
            return managed == null ? List.of() : managed.deadlock();
        }
    }

    /** The main class or the jar, without arguments, which may hold a password. */
    private static String app(String command) {
        int space = command.indexOf(' ');
        return space < 0 ? command : command.substring(0, space);
    }

    /** For people. */
    List<String> items() {
        List<String> items = new ArrayList<>();
        items.add("run time: " + time(ran) + " (" + Printable.line(VM)
                + (APP.isEmpty() ? ")" : ", running " + Printable.line(APP) + ")"));
        CollectionShare share = collections;
        items.add("heap: " + mib(heapUsed) + " used, limit " + mib(heapMost)
                + (share == null
                        ? ""
                        : ", " + share.percent() + " % of the last " + share.seconds()
                                + " s spent in garbage collection"));
        addMemory(items);
        if (cgroup.periods() > 0) {
            items.add("processor: the cgroup's limit held it back in " + cgroup.throttled() + " of " + cgroup.periods()
                    + " periods");
        }
        if (threads >= 0) {
            items.add("threads: " + threads);
        }
        return items;
    }

    private void addMemory(List<String> items) {
        if (cgroup.memory() < 0) {
            return;
        }
        items.add("memory of the cgroup: " + mib(cgroup.memory()) + " used"
                + (cgroup.peak() < 0 ? "" : ", at most " + mib(cgroup.peak()) + " so far")
                + (cgroup.limit() < 0 ? ", no limit" : ", limit " + mib(cgroup.limit()))
                + (cgroup.oomKills() < 0 ? "" : ", " + cgroup.oomKills() + " processes killed because it was used up"));
    }

    private static String mib(long bytes) {
        return (bytes >> 20) + " MiB";
    }

    private static String time(Duration time) {
        StringBuilder text = new StringBuilder();
        if (time.toDays() > 0) {
            text.append(time.toDays()).append(" d ");
        }
        if (time.toHours() > 0) {
            text.append(time.toHoursPart()).append(" h ");
        }
        if (time.toMinutes() > 0) {
            text.append(time.toMinutesPart()).append(" min ");
        }
        return text.append(time.toSecondsPart()).append(" s").toString();
    }

    /** For machines, each an object of one member. What is not known is left out. */
    List<JsonObject> json() {
        List<JsonObject> members = new ArrayList<>();
        members.add(new JsonObject().add("ranSeconds", ran.toSeconds()));
        members.add(new JsonObject().add("vm", VM, 80));
        members.add(new JsonObject().add("app", APP, 160));
        members.add(new JsonObject()
                .add("heap", new JsonObject().add("usedBytes", heapUsed).add("limitBytes", heapMost)));
        CollectionShare share = collections;
        if (share != null) {
            members.add(new JsonObject()
                    .add(
                            "collection",
                            new JsonObject().add("percent", share.percent()).add("ofSeconds", share.seconds())));
        }
        JsonObject memory = new JsonObject();
        addKnown(memory, "usedBytes", cgroup.memory());
        addKnown(memory, "peakBytes", cgroup.peak());
        addKnown(memory, "limitBytes", cgroup.limit());
        addKnown(memory, "oomKills", cgroup.oomKills());
        members.add(new JsonObject().add("cgroupMemory", memory));
        JsonObject processor = new JsonObject();
        addKnown(processor, "periods", cgroup.periods());
        addKnown(processor, "throttledPeriods", cgroup.throttled());
        members.add(new JsonObject().add("cgroupProcessor", processor));
        if (threads >= 0) {
            members.add(new JsonObject().add("threads", threads));
        }
        return members;
    }

    private static void addKnown(JsonObject json, String name, long value) {
        if (value >= 0) {
            json.add(name, value);
        }
    }
}
