package io.heliograph.workers;

import io.heliograph.Delivery;
import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.Signals;
import io.heliograph.internal.dispatch.NamedWorker;
import io.heliograph.internal.text.Uncaught;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Ctrl-Z, and the shell's {@code fg}. The terminal signals the foreground process group, to which the workers do not
 * belong. So this observes TSTP and CONT and passes them on. This process then stops and continues as without it.
 */
final class JobControl {
    private final GroupState group;
    /** The signals that end the group, which the group itself passes on. */
    private final Set<Signal> ofGroup;
    /** Under this, as the next one. */
    private final List<Registration> registrations = new ArrayList<>();

    private boolean isOver;

    JobControl(GroupState group, Set<Signal> ofGroup) {
        this.group = group;
        this.ofGroup = ofGroup;
    }

    /** Called when the group starts its first process. */
    synchronized void begin() {
        if (isOver || !registrations.isEmpty()) {
            return;
        }
        try {
            for (Signal signal : List.of(Signal.TSTP, Signal.CONT)) {
                if (!ofGroup.contains(signal)) {
                    // Inline: the dispatcher stops this process after its inline workers have returned.
                    registrations.add(Signals.observe(signal, new PassingOn(group), Delivery.inline()));
                }
            }
        } catch (Throwable failure) {
            close();
            throw failure;
        }
    }

    synchronized void end() {
        isOver = true;
        close();
    }

    private void close() {
        registrations.forEach(Registration::close);
        registrations.clear();
    }

    private record PassingOn(GroupState group) implements NamedWorker {
        @Override
        public String name() {
            return WorkerGroup.class.getName();
        }

        @Override
        public void onSignal(SignalEvent event) {
            for (GroupWorker worker : group.workers()) {
                try {
                    if (worker instanceof GroupProcess process) {
                        process.passOn(event);
                    }
                } catch (RuntimeException failure) { // the others get it all the same
                    Uncaught.report(failure);
                }
            }
        }
    }
}
