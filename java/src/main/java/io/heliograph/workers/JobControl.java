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
 * Ctrl-Z, and the shell's {@code fg}. The terminal signals the foreground group alone, in which a group's processes are not. So
 * the group observes TSTP and CONT, and passes them on. This process then stops as ever, and continues.
 */
final class JobControl {
    private final GroupState group;
    /** Those that end the group are not passed on twice. */
    private final Set<Signal> ofGroup;
    /** Both under this. */
    private final List<Registration> registrations = new ArrayList<>();

    private boolean isOver;

    JobControl(GroupState group, Set<Signal> ofGroup) {
        this.group = group;
        this.ofGroup = ofGroup;
    }

    /** Begins with the group's first process. */
    synchronized void begin() {
        if (isOver || !registrations.isEmpty()) {
            return;
        }
        try {
            for (Signal signal : List.of(Signal.TSTP, Signal.CONT)) {
                if (!ofGroup.contains(signal)) {
                    // Inline: the dispatcher stops this process when its inline workers have returned.
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
                } catch (RuntimeException failure) { // the others are to receive it all the same
                    Uncaught.report(failure);
                }
            }
        }
    }
}
