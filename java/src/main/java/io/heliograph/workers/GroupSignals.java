package io.heliograph.workers;

import io.heliograph.Delivery;
import io.heliograph.Disposition;
import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.Signals;
import io.heliograph.internal.dispatch.DispositionReader;
import io.heliograph.internal.dispatch.NamedWorker;
import io.heliograph.internal.dispatch.SignalRuntime;
import io.heliograph.internal.jni.NativeProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The signals that end a group, for as long as it has them. */
final class GroupSignals {
    /** How long a dispatcher is waited for that an inline worker may hold up. */
    private static final Duration MOST_DISPATCHING = Duration.ofSeconds(2);

    private final GroupState group;
    private final Set<Signal> signals;
    private final JobControl jobControl;
    /** Under this. */
    private final List<Registration> registrations = new ArrayList<>();

    GroupSignals(GroupState group, List<Signal> signals) {
        this.group = group;
        this.signals = new LinkedHashSet<>(signals);
        jobControl = new JobControl(group, this.signals);
    }

    Set<Signal> all() {
        return Set.copyOf(signals);
    }

    /** Takes them, all or none. */
    synchronized void take() {
        try {
            for (Signal signal : signals) {
                // Inline, for it only notes the event: nothing stands between a signal and its group.
                registrations.add(Signals.on(signal, new Arrival(group), Delivery.inline()));
            }
        } catch (Throwable failure) {
            group.close(); // its coordinator ends
            letGo();
            group.signal().ifPresent(GroupSignals::handBack);
            throw failure;
        }
    }

    /** From now on Ctrl-Z stops the group's processes, too. */
    void passJobControlOn() {
        jobControl.begin();
    }

    /** Lets the signal do what it does without the group, which had nothing to do for it, and has let go of it. */
    static void handBack(SignalEvent event) {
        Disposition now = Signals.dispositions().get(event.signal());
        boolean othersHadIt = now != null
                && now.registered().stream().anyMatch(registered -> registered.asked() == Disposition.Asked.CATCH);
        if (!othersHadIt) {
            Signals.raise(event.signal());
        }
    }

    /**
     * INT and TERM, without what this process was started to ignore: a shell has its {@code command &} ignore INT, so that
     * Ctrl-C is for the foreground alone, and the JVM itself keeps to that.
     */
    static List<Signal> byDefault() {
        SignalRuntime.get();
        DispositionReader dispositions = new DispositionReader();
        return Stream.of(Signal.INT, Signal.TERM)
                .filter(signal -> !isIgnoredBeneath(dispositions.read(signal).layers()))
                .toList();
    }

    private static boolean isIgnoredBeneath(List<Disposition.Layer> layers) {
        Disposition.Layer lowest = layers.get(layers.size() - 1);
        return lowest.kind() == Disposition.Kind.IGNORED && lowest.by() != Disposition.By.HELIOGRAPH;
    }

    /** What arrived before is with the group when this returns. */
    synchronized void letGo() {
        jobControl.end();
        if (registrations.isEmpty()) {
            return;
        }
        registrations.forEach(Registration::close);
        registrations.clear();
        awaitDispatched();
    }

    /** Waits until what was sent to this process is with the groups, whatever interrupts; but not for ever. */
    static void awaitArrived() {
        int unused = NativeProcess.takePending();
        awaitDispatched();
    }

    private static void awaitDispatched() {
        boolean interrupted = false;
        for (long end = System.nanoTime() + MOST_DISPATCHING.toNanos(); ; ) {
            try {
                SignalRuntime.awaitDispatched(end - System.nanoTime());
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private record Arrival(GroupState group) implements NamedWorker {
        Arrival {
            Objects.requireNonNull(group);
        }

        @Override
        public String name() {
            return WorkerGroup.class.getName();
        }

        @Override
        public void onSignal(SignalEvent event) {
            group.arrived(event);
        }
    }
}
