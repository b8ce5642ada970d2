package io.heliograph.internal.dispatch;

import io.heliograph.Disposition;
import io.heliograph.Disposition.Asked;
import io.heliograph.Signal;
import io.heliograph.internal.jni.Native;
import io.heliograph.internal.jni.NativeCall;
import io.heliograph.internal.jni.NativeSender;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The open registrations of each signal, and the disposition that follows from them.
 *
 * <p>The newest registration that does not merely observe decides what the signal does. It is caught, and every
 * catching worker gets it; or ignored; or left to its default action. Without such a registration the signal does what
 * it did before. Observers get it in each case.
 */
final class Registry implements Consumer<OpenRegistration> {
    private final DrainBarrier barrier;
    private final Object lock = new Object();
    /** Under lock; by signal number. */
    private final List<List<OpenRegistration>> open = new ArrayList<>();
    /** Under lock: whether the registry refuses new registrations. */
    private boolean shut;
    /** By signal number. The dispatcher reads it without the lock, for it must never wait. */
    private final List<RecipientHistory> histories = new ArrayList<>();

    Registry(int maxSignal, DrainBarrier barrier) {
        this.barrier = barrier;
        for (int signal = 0; signal <= maxSignal; signal++) {
            open.add(List.of());
            histories.add(new RecipientHistory());
        }
    }

    /** The recipients of the signal's arrivals. */
    RecipientHistory history(int signal) {
        return histories.get(signal);
    }

    /** Hands every worker the losses that could not be handed over before. Called by the dispatcher. */
    void deliverLosses() {
        for (RecipientHistory history : histories) {
            for (RecipientHistory.Interval time = history.oldest(); time != null; time = time.next()) {
                for (OpenRegistration.WithWorker worker : time.workers()) {
                    worker.deliverLosses();
                }
            }
        }
    }

    /** The open registrations of the signal, the oldest first. */
    List<Disposition.Registered> registered(Signal signal) {
        synchronized (lock) {
            return open.get(signal.number()).stream()
                    .map(OpenRegistration::registered)
                    .toList();
        }
    }

    /** The observers of all signals. */
    List<OpenRegistration.WithWorker> observers() {
        List<OpenRegistration.WithWorker> observers = new ArrayList<>();
        synchronized (lock) {
            for (List<OpenRegistration> registrations : open) {
                for (OpenRegistration registration : registrations) {
                    if (registration instanceof OpenRegistration.WithWorker worker && worker.asked() == Asked.OBSERVE) {
                        observers.add(worker);
                    }
                }
            }
        }
        return observers;
    }

    List<OpenRegistration.WithWorker> observers(Signal signal) {
        List<OpenRegistration.WithWorker> its = new ArrayList<>();
        for (OpenRegistration.WithWorker observer : observers()) {
            if (observer.signal() == signal) {
                its.add(observer);
            }
        }
        return its;
    }

    /** Refuses registrations from now on. Returns false and refuses nothing if some are open. */
    boolean shut() {
        synchronized (lock) {
            shut = open.stream().allMatch(List::isEmpty);
            return shut;
        }
    }

    void reopen() {
        synchronized (lock) {
            shut = false;
        }
    }

    /** Adds the registration; returns false if the registry is shut. */
    boolean add(OpenRegistration registration) {
        synchronized (lock) {
            if (shut) {
                return false;
            }
            List<OpenRegistration> registrations =
                    open.get(registration.signal().number());
            List<OpenRegistration> more = new ArrayList<>(registrations);
            more.add(registration);
            int result = change(registration.signal(), more, mode(more));
            if (result < 0) {
                throw NativeCall.failure(result, "sigaction(" + registration.signal() + ")");
            }
            return true;
        }
    }

    /** Closes the registration. */
    @Override
    public void accept(OpenRegistration registration) {
        synchronized (lock) {
            List<OpenRegistration> registrations =
                    open.get(registration.signal().number());
            if (!registrations.contains(registration)) {
                return;
            }
            List<OpenRegistration> fewer = registrations.stream()
                    .filter(other -> other != registration)
                    .toList();
            // Skips an unchanged mode: setting it again would put us above a handler that other code has installed
            // since.
            Mode mode = mode(fewer);
            NativeCall.check(
                    change(registration.signal(), fewer, mode == mode(registrations) ? null : mode),
                    "sigaction(" + registration.signal() + ")");
            if (registration instanceof OpenRegistration.WithWorker worker) {
                barrier.ask(() -> {
                    worker.deliverLosses();
                    worker.sink().end();
                });
            }
        }
    }

    /**
     * Replaces the signal's registrations. Changes nothing if sigaction fails.
     *
     * @param mode the mode to set; null to leave it
     * @return 0, or {@code -errno} if nothing has changed
     */
    private int change(Signal signal, List<OpenRegistration> after, @Nullable Mode mode) {
        Set<OpenRegistration.WithWorker> before = recipientsAmong(open.get(signal.number()));
        Set<OpenRegistration.WithWorker> now = recipientsAmong(after);
        Set<OpenRegistration.WithWorker> both = new LinkedHashSet<>(before);
        both.addAll(now);
        // The recipients change before the disposition, so the first arrival already finds its worker. Arrivals during
        // the change go to the old and the new recipients.
        RecipientHistory history = history(signal.number());
        setRecipient(both, before, true);
        lookAtSenders(signal, both);
        history.set(both);
        int result = mode == null ? 0 : put(mode, signal.number());
        Set<OpenRegistration.WithWorker> recipients = result < 0 ? before : now;
        Runnable dispatched = history.set(recipients);
        setRecipient(both, recipients, false);
        lookAtSenders(signal, recipients);
        // With an unchanged mode, no change has waited for the handlers. What they stamped earlier goes before the
        // task.
        Native.waitForHandlers(signal.number());
        barrier.ask(dispatched);
        if (result >= 0) {
            open.set(signal.number(), after);
        }
        return result;
    }

    /** 0, or {@code -errno}. */
    private static int put(Mode mode, int signal) {
        return switch (mode) {
            case CAUGHT -> Native.catchSignal(signal);
            case OBSERVED -> Native.observe(signal);
            case OBSERVED_DEFAULT -> Native.observeDefault(signal);
            case IGNORED -> Native.ignore(signal);
            case DEFAULT -> Native.setDefault(signal);
            case RESTORED -> Native.restore(signal);
        };
    }

    private static void lookAtSenders(Signal signal, Set<OpenRegistration.WithWorker> workers) {
        boolean wanted = false;
        for (OpenRegistration.WithWorker worker : workers) {
            wanted |= worker.wantsSender();
        }
        NativeSender.lookAtSenders(signal.number(), wanted);
    }

    private static void setRecipient(
            Set<OpenRegistration.WithWorker> workers, Set<OpenRegistration.WithWorker> but, boolean on) {
        for (OpenRegistration.WithWorker worker : workers) {
            if (!but.contains(worker)) {
                worker.setRecipient(on);
            }
        }
    }

    /** The registrations whose workers get an arrival, in the order in which they were made. */
    private static Set<OpenRegistration.WithWorker> recipientsAmong(List<OpenRegistration> registrations) {
        boolean isCaught = deciding(registrations) == Asked.CATCH;
        Set<OpenRegistration.WithWorker> recipients = new LinkedHashSet<>();
        for (OpenRegistration registration : registrations) {
            if (registration instanceof OpenRegistration.WithWorker worker
                    && (isCaught || worker.asked() == Asked.OBSERVE)) {
                recipients.add(worker);
            }
        }
        return recipients;
    }

    private static Asked deciding(List<OpenRegistration> registrations) {
        for (int i = registrations.size() - 1; i >= 0; i--) {
            if (registrations.get(i).asked() != Asked.OBSERVE) {
                return registrations.get(i).asked();
            }
        }
        return Asked.OBSERVE;
    }

    /** What the native half does with a signal that has these registrations. */
    private static Mode mode(List<OpenRegistration> registrations) {
        if (registrations.isEmpty()) {
            return Mode.RESTORED;
        }
        boolean observed = false;
        for (OpenRegistration registration : registrations) {
            observed |= registration.asked() == Asked.OBSERVE;
        }
        return switch (deciding(registrations)) {
            case CATCH -> Mode.CAUGHT;
            case OBSERVE -> Mode.OBSERVED;
            // An observed signal must be caught, and catching does nothing to the process, as ignoring does.
            case IGNORE ->
                observed || JvmSignals.mustNotBeDiscarded(registrations.get(0).signal()) ? Mode.CAUGHT : Mode.IGNORED;
            case DEFAULT -> observed ? Mode.OBSERVED_DEFAULT : Mode.DEFAULT;
        };
    }
}
