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

/** The registrations of the signals that end a group. */
final class GroupSignals {
    /** How long it waits for the dispatcher, which an inline worker may block. */
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

    /** Registers the signals, all or none. */
    synchronized void take() {
        try {
            for (Signal signal : signals) {
                // Inline, for it only notes the event.
                registrations.add(Signals.on(signal, new Arrival(group), Delivery.inline()));
            }
        } catch (Throwable failure) {
            group.close(); // ends its coordinator
            letGo();
            group.signal().ifPresent(GroupSignals::handBack);
            throw failure;
        }
    }

    /** Makes Ctrl-Z stop the group's processes too. */
    void passJobControlOn() {
        jobControl.begin();
    }

    /**
     * Raises a signal again that the group, now without registrations, had no use for. So it does what it did before
     * the group.
     */
    static void handBack(SignalEvent event) {
        Disposition now = Signals.dispositions().get(event.signal());
        boolean othersHadIt = now != null
                && now.registered().stream().anyMatch(registered -> registered.asked() == Disposition.Asked.CATCH);
        if (!othersHadIt) {
            Signals.raise(event.signal());
        }
    }

    /**
     * INT and TERM, except those that this process was started to ignore. A shell starts {@code command &} with INT
     * ignored, so that Ctrl-C reaches the foreground alone. The JVM keeps that, too.
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

    /** Closes the registrations. When it returns, the group has all earlier arrivals. */
    synchronized void letGo() {
        jobControl.end();
        if (registrations.isEmpty()) {
            return;
        }
        registrations.forEach(Registration::close);
        registrations.clear();
        awaitDispatched();
    }

    /**
     * Waits until the groups have all signals sent to this process before, but for two seconds at most. Keeps an
     * interrupt for later.
     */
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
