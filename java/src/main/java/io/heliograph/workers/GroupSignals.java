package io.heliograph.workers;

import io.heliograph.Delivery;
import io.heliograph.Disposition;
import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.Signals;
import io.heliograph.internal.Approach;
import io.heliograph.internal.dispatch.NamedWorker;
import io.heliograph.internal.dispatch.SignalRuntime;
import io.heliograph.internal.process.Supervisors;
import io.heliograph.internal.seam.DispositionReader;
import io.heliograph.internal.seam.Native;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The signals that end a group, for as long as it has them. */
final class GroupSignals {
    /** A dispatcher that an inline worker holds up is not waited for longer. */
    static final Duration MOST_DISPATCHING = Duration.ofSeconds(1);

    /** Nothing is expected to take so long: a thread that gets no processor, or an inline worker that hangs. */
    private static final Duration MOST_APPROACHING = Duration.ofSeconds(10);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(2);

    private final Course course;
    private final Set<Signal> signals;
    /** Under this. */
    private final List<Registration> registrations = new ArrayList<>();

    GroupSignals(Course course, List<Signal> signals) {
        this.course = course;
        this.signals = new LinkedHashSet<>(signals);
    }

    Set<Signal> all() {
        return Set.copyOf(signals);
    }

    /** Takes them, all or none. */
    synchronized void take() {
        try {
            for (Signal signal : signals) {
                // Inline, for it only notes the event: nothing stands between a signal and its group.
                registrations.add(Signals.on(signal, new Arrival(course), Delivery.inline()));
            }
        } catch (Throwable failure) {
            course.close(); // its coordinator ends
            letGo();
            course.signal().ifPresent(GroupSignals::handBack);
            throw failure;
        }
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
        if (registrations.isEmpty()) {
            return;
        }
        registrations.forEach(Registration::close);
        registrations.clear();
        awaitDispatched(MOST_DISPATCHING);
    }

    /**
     * Waits for those of the signals that are on their way to this process, until they are with the groups, whatever
     * interrupts. To be called when a process of ours is known to have ended. The kernel generates a signal for a whole process
     * group under a lock that no member can end under: as soon as one is seen to have died of the terminal's Ctrl-C, this
     * process has it as well, pending, on the way to its handler or in the pipe. If it is at none of these places, it was sent
     * to the other alone.
     */
    static void awaitApproaching(Set<Signal> signals) {
        Deadline until = Deadline.in(MOST_APPROACHING);
        for (Signal one : signals) {
            Approach approach = Approach.of(one.number());
            while (!until.isOver() && approach.mayCome()) {
                pause();
            }
            int unused = Native.settle(one.number());
        }
        awaitDispatched(MOST_APPROACHING);
    }

    /** A moment, whatever interrupts. */
    private static void pause() {
        try {
            Thread.sleep(LOOK_AGAIN.toMillis());
        } catch (InterruptedException e) {
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until all that has arrived is with the groups, whatever interrupts; but not longer than this. */
    static void awaitDispatched(Duration most) {
        boolean interrupted = false;
        for (long end = System.nanoTime() + most.toNanos(); ; ) {
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

    private record Arrival(Course course) implements NamedWorker {
        Arrival {
            Objects.requireNonNull(course);
        }

        @Override
        public String name() {
            return WorkerGroup.class.getName();
        }

        @Override
        public void onSignal(SignalEvent event) {
            // Of several groups above a process each tells the whole tree: that is one request.
            course.arrived(event, !Supervisors.toldWholeTree(event));
        }
    }
}
