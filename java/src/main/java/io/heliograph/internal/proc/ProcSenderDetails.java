package io.heliograph.internal.proc;

import io.heliograph.Ancestor;
import io.heliograph.SenderDetails;
import io.heliograph.SenderIdentity;
import io.heliograph.SenderIdentity.Look;
import io.heliograph.internal.jni.Lineage;
import io.heliograph.internal.jni.Native;
import io.heliograph.internal.jni.NativeSender;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A sender's details: those captured when the signal arrived, and those that {@code /proc} shows later. */
public final class ProcSenderDetails implements SenderDetails {
    private final int pid;
    private final int uid;
    private final long arrivedAt;
    private final @Nullable Lineage onArrival;

    private ProcSenderDetails(int pid, int uid, long arrivedAt, @Nullable Lineage onArrival) {
        this.pid = pid;
        this.uid = uid;
        this.arrivedAt = arrivedAt;
        this.onArrival = onArrival;
    }

    /** The details of a sender that the handler captured. */
    public static ProcSenderDetails of(int pid, int uid, Lineage onArrival) {
        return new ProcSenderDetails(pid, uid, 0, onArrival);
    }

    /**
     * The details of a sender that is read from {@code /proc} at each call.
     *
     * @param arrivedAt when its signal arrived, on the clock of {@link System#nanoTime()}
     */
    public static ProcSenderDetails later(int pid, int uid, long arrivedAt) {
        return new ProcSenderDetails(pid, uid, arrivedAt, null);
    }

    /** One reader for all, since its buffer is outside the heap, where memory may be short. */
    private static final class Shared {
        private static final Lineage.Reader READER = new Lineage.Reader();
    }

    @Override
    public SenderIdentity identity() {
        Lineage lineage = onArrival != null ? onArrival : now(0);
        if (lineage == null) {
            return nothing();
        }
        Lineage.Entry seen = lineage.process();
        Optional<String> commandNow = ProcFiles.commandOf(pid);
        ProcFiles.CommandLine lineNow = onArrival != null ? ProcFiles.CommandLine.NONE : ProcFiles.commandLineOf(pid);
        Optional<String> executable = ProcFiles.executableOf(pid);
        Optional<String> cgroup = ProcFiles.cgroupOf(pid);
        // Last: if it is the same process now, it was the same when the files were read.
        boolean isSame = NativeSender.started(pid) == seen.started();
        if (onArrival == null) {
            return isSame
                    ? new SenderIdentity(
                            Look.LATER,
                            false,
                            commandNow,
                            lineNow.arguments(),
                            lineNow.isCut(),
                            executable,
                            cgroup,
                            Optional.empty())
                    : nothing();
        }
        return new SenderIdentity(
                Look.ON_ARRIVAL,
                false,
                Optional.of(seen.command()),
                seen.arguments(),
                seen.argumentsCut(),
                executable.filter(file -> isSame),
                cgroup.filter(groups -> isSame),
                commandNow.filter(command -> isSame && !command.equals(seen.command())));
    }

    @Override
    public List<Ancestor> ancestors() {
        Lineage lineage = onArrival != null ? onArrival : now(Lineage.MOST_ANCESTORS);
        if (lineage == null) {
            return List.of();
        }
        List<Ancestor> ancestors = new ArrayList<>();
        for (Lineage.Entry entry : lineage.ancestors()) {
            ancestors.add(ancestor(entry));
        }
        return List.copyOf(ancestors);
    }

    private static Ancestor ancestor(Lineage.Entry entry) {
        if (!entry.known()) {
            return new Ancestor(
                    entry.pid(),
                    entry.ended(),
                    entry.uid(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    false,
                    Optional.empty());
        }
        Optional<String> cgroup = ProcFiles.cgroupOf(entry.pid());
        ProcFiles.CommandLine line = ProcFiles.commandLineOf(entry.pid());
        boolean isSame = NativeSender.started(entry.pid()) == entry.started();
        return new Ancestor(
                entry.pid(),
                false,
                entry.uid(),
                entry.uid().isPresent() ? UserNames.of(entry.uid().getAsLong()) : Optional.empty(),
                Optional.of(entry.command()),
                isSame ? line.arguments() : List.of(),
                isSame && line.isCut(),
                cgroup.filter(groups -> isSame));
    }

    /** Returns null if the process has another user or started after the arrival: it has reused the sender's pid. */
    private @Nullable Lineage now(int mostAncestors) {
        Lineage lineage;
        synchronized (Shared.READER) {
            lineage = Shared.READER.ofProcess(pid, mostAncestors);
        }
        if (lineage == null) {
            return null;
        }
        Lineage.Entry process = lineage.process();
        boolean isSenders = process.uid().isEmpty() || process.uid().getAsLong() == Integer.toUnsignedLong(uid);
        return isSenders && process.started() <= NativeSender.ticksOf(arrivedAt) ? lineage : null;
    }

    private SenderIdentity nothing() {
        return new SenderIdentity(
                Look.NONE,
                !Native.processExists(pid),
                Optional.empty(),
                List.of(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
