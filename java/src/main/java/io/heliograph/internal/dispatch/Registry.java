package io.heliograph.internal.dispatch;

import io.heliograph.Disposition;
import io.heliograph.Disposition.Asked;
import io.heliograph.Signal;
import io.heliograph.internal.seam.Native;
import io.heliograph.internal.seam.NativeCall;
import io.heliograph.internal.seam.NativeSender;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who has claimed which signal, and the disposition that follows.
 *
 * <p>The newest open claim of a signal that does not merely observe decides what the signal does: it is caught, and then
 * every catching worker gets it, or ignored, or left to its default action. Without one, what was there before happens.
 * Observers are told in each case.
 */
final class Registry {
    private final Fences fences;
    private final Object lock = new Object();
    /** Under lock; by signal number. */
    private final List<List<Claim>> open = new ArrayList<>();
    /** Under lock: whether no claim may be added any more. */
    private boolean shut;
    /** By signal number. The dispatcher looks there without the lock: it waits for nobody. */
    private final List<Audience> audiences = new ArrayList<>();

    Registry(int maxSignal, Fences fences) {
        this.fences = fences;
        for (int signal = 0; signal <= maxSignal; signal++) {
            open.add(List.of());
            audiences.add(new Audience());
        }
    }

    /** Those to offer the signal's arrivals to. */
    Audience audience(int signal) {
        return audiences.get(signal);
    }

    /** The dispatcher: tells every worker of the losses that it could not be told of before. */
    void tellLosses() {
        for (Audience audience : audiences) {
            for (Audience.Stretch time = audience.oldest(); time != null; time = time.next()) {
                for (Claim.OfWorker worker : time.workers()) {
                    worker.tellLosses();
                }
            }
        }
    }

    /** The open registrations of the signal, the oldest first. */
    List<Disposition.Registered> registered(Signal signal) {
        synchronized (lock) {
            return open.get(signal.number()).stream().map(Claim::registered).toList();
        }
    }

    /** The observers of all signals. A stream would take longer than the exit that waits for them. */
    List<Claim.OfWorker> observers() {
        List<Claim.OfWorker> observers = new ArrayList<>();
        synchronized (lock) {
            for (List<Claim> claims : open) {
                for (Claim claim : claims) {
                    if (claim instanceof Claim.OfWorker worker && worker.asked() == Asked.OBSERVE) {
                        observers.add(worker);
                    }
                }
            }
        }
        return observers;
    }

    List<Claim.OfWorker> observers(Signal signal) {
        List<Claim.OfWorker> its = new ArrayList<>();
        for (Claim.OfWorker observer : observers()) {
            if (observer.signal() == signal) {
                its.add(observer);
            }
        }
        return its;
    }

    /** Refuses claims from now on; false, and nothing is refused, where some are open. */
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

    /** Adds the claim; false where the registry is shut. */
    boolean add(Claim claim) {
        synchronized (lock) {
            if (shut) {
                return false;
            }
            List<Claim> claims = open.get(claim.signal().number());
            List<Claim> more = new ArrayList<>(claims);
            more.add(claim);
            int result = change(claim.signal(), more, mode(more));
            if (result < 0) {
                throw NativeCall.failure(result, "sigaction(" + claim.signal() + ")");
            }
            return true;
        }
    }

    void close(Claim claim) {
        synchronized (lock) {
            List<Claim> claims = open.get(claim.signal().number());
            if (!claims.contains(claim)) {
                return;
            }
            List<Claim> fewer = claims.stream().filter(other -> other != claim).toList();
            // Only where it changes: a handler that somebody has put above ours since is not to be fought.
            Mode mode = mode(fewer);
            NativeCall.check(
                    change(claim.signal(), fewer, mode == mode(claims) ? null : mode),
                    "sigaction(" + claim.signal() + ")");
            if (claim instanceof Claim.OfWorker worker) {
                fences.ask(() -> {
                    worker.tellLosses();
                    worker.post().end();
                });
            }
        }
    }

    /**
     * Has the signal's claims be these, unless the kernel refuses.
     *
     * @param mode to be put, if any
     * @return 0, or {@code -errno} where nothing has changed
     */
    private int change(Signal signal, List<Claim> after, @Nullable Mode mode) {
        Set<Claim.OfWorker> before = toldAmong(open.get(signal.number()));
        Set<Claim.OfWorker> now = toldAmong(after);
        Set<Claim.OfWorker> both = new LinkedHashSet<>(before);
        both.addAll(now);
        // Told before caught: the first arrival already finds its worker. What arrives during the change is for both.
        Audience audience = audience(signal.number());
        hear(both, before, true);
        lookAtSenders(signal, both);
        audience.tell(both);
        int result = mode == null ? 0 : put(mode, signal.number());
        Set<Claim.OfWorker> told = result < 0 ? before : now;
        Runnable dispatched = audience.tell(told);
        hear(both, told, false);
        lookAtSenders(signal, told);
        // Handlers that stamped an arrival before that must have written it before the fence.
        Native.settle(signal.number());
        fences.ask(dispatched);
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
            case DEFAULT -> Native.restoreDefault(signal);
            case RESTORED -> Native.restore(signal);
        };
    }

    private static void lookAtSenders(Signal signal, Set<Claim.OfWorker> workers) {
        boolean wanted = false;
        for (Claim.OfWorker worker : workers) {
            wanted |= worker.wantsSender();
        }
        NativeSender.lookAtSenders(signal.number(), wanted);
    }

    private static void hear(Set<Claim.OfWorker> workers, Set<Claim.OfWorker> but, boolean on) {
        for (Claim.OfWorker worker : workers) {
            if (!but.contains(worker)) {
                worker.hear(on);
            }
        }
    }

    /** Those of the claims that are told of an arrival, in the order in which they were made. */
    private static Set<Claim.OfWorker> toldAmong(List<Claim> claims) {
        boolean isCaught = deciding(claims) == Asked.CATCH;
        Set<Claim.OfWorker> told = new LinkedHashSet<>();
        for (Claim claim : claims) {
            if (claim instanceof Claim.OfWorker worker && (isCaught || worker.asked() == Asked.OBSERVE)) {
                told.add(worker);
            }
        }
        return told;
    }

    private static Asked deciding(List<Claim> claims) {
        for (int i = claims.size() - 1; i >= 0; i--) {
            if (claims.get(i).asked() != Asked.OBSERVE) {
                return claims.get(i).asked();
            }
        }
        return Asked.OBSERVE;
    }

    /** What the native half does with the signal, given its open claims. */
    private static Mode mode(List<Claim> claims) {
        if (claims.isEmpty()) {
            return Mode.RESTORED;
        }
        boolean observed = false;
        for (Claim claim : claims) {
            observed |= claim.asked() == Asked.OBSERVE;
        }
        return switch (deciding(claims)) {
            case CATCH -> Mode.CAUGHT;
            case OBSERVE -> Mode.OBSERVED;
            // Caught by observers, who do nothing to the process: as good as ignored.
            case IGNORE ->
                observed || JvmSignals.mustNotBeDiscarded(claims.get(0).signal()) ? Mode.CAUGHT : Mode.IGNORED;
            case DEFAULT -> observed ? Mode.OBSERVED_DEFAULT : Mode.DEFAULT;
        };
    }
}
