package io.heliograph.internal.dispatch;

import io.heliograph.Disposition;
import io.heliograph.Disposition.Asked;
import io.heliograph.Signal;
import io.heliograph.internal.seam.Native;
import io.heliograph.internal.seam.NativeCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Who has claimed which signal, and the disposition that follows.
 *
 * <p>The newest open claim of a signal that does not merely observe decides what the signal does: it is caught, and then
 * every catching worker gets it, or ignored, or left to its default action. Without one, what was there before happens.
 * Observers are told in each case.
 */
final class Registry {
    private static final Claim.OfWorker[] NOBODY = {};

    private final Fences fences;
    private final Object lock = new Object();
    /** Under lock; by signal number. */
    private final List<List<Claim>> open = new ArrayList<>();
    /** Under lock: whether no claim may be added any more. */
    private boolean shut;
    /** By signal number: who is told of an arrival. Without the lock, so that the dispatcher waits for nobody. */
    private final AtomicReferenceArray<Claim.OfWorker[]> told;
    /** The dispatcher's: those that are to be forgotten. */
    private final List<Claim.OfWorker> over = new ArrayList<>();

    Registry(int maxSignal, Fences fences) {
        this.fences = fences;
        told = new AtomicReferenceArray<>(maxSignal + 1);
        for (int signal = 0; signal <= maxSignal; signal++) {
            open.add(new ArrayList<>());
            told.set(signal, NOBODY);
        }
    }

    /** Those to offer the signal's arrivals to, some of them perhaps deaf, or closed a moment ago. */
    Claim.OfWorker[] toldOf(int signal) {
        return told.get(signal);
    }

    /** All that arrivals of any signal are offered to. */
    Stream<Claim.OfWorker> allTold() {
        return IntStream.range(0, told.length()).mapToObj(told::get).flatMap(Arrays::stream);
    }

    /** The open registrations of the signal, the oldest first. */
    List<Disposition.Registered> registered(Signal signal) {
        synchronized (lock) {
            return open.get(signal.number()).stream().map(Claim::registered).toList();
        }
    }

    /** The observers of all signals. */
    List<Claim.OfWorker> observers() {
        synchronized (lock) {
            return open.stream()
                    .flatMap(Registry::workersOf)
                    .filter(worker -> worker.asked() == Asked.OBSERVE)
                    .toList();
        }
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
            // Told before caught: the first arrival already finds its worker.
            if (claim instanceof Claim.OfWorker worker) {
                tell(worker);
            }
            letHear(more);
            int result = mode(more).put(claim.signal().number());
            if (result < 0) {
                if (claim instanceof Claim.OfWorker worker) {
                    worker.hear(false);
                    forget(worker.signal(), Set.of(worker));
                }
                deafen(claims);
                throw NativeCall.failure(result, "sigaction(" + claim.signal() + ")");
            }
            claims.add(claim);
            deafen(claims);
            return true;
        }
    }

    void close(Claim claim) {
        synchronized (lock) {
            List<Claim> claims = open.get(claim.signal().number());
            Mode before = mode(claims);
            if (!claims.remove(claim)) {
                return;
            }
            letHear(claims);
            Mode after = mode(claims);
            // Only where it changes: a handler that somebody has put above ours since is not to be fought.
            if (after != before) {
                NativeCall.check(after.put(claim.signal().number()), "sigaction(" + claim.signal() + ")");
            }
            deafen(claims);
            if (claim instanceof Claim.OfWorker worker) {
                worker.hear(false);
                // Handlers that stamped an arrival before that must have written it before the fence.
                Native.settle(claim.signal().number());
                fences.ask(() -> over.add(worker));
            }
        }
    }

    /**
     * The dispatcher: ends those whose closing it has come past. All at once, for where many are opened and closed under
     * load, to copy the array for each would take longer the more there are.
     */
    void sweep() {
        if (over.isEmpty()) {
            return;
        }
        Set<Claim.OfWorker> ended = Set.copyOf(over);
        over.stream().map(Claim.OfWorker::signal).distinct().forEach(signal -> forget(signal, ended));
        for (Claim.OfWorker worker : ended) {
            worker.tellLosses();
            worker.post().end();
        }
        over.clear();
    }

    private void tell(Claim.OfWorker worker) {
        told.updateAndGet(worker.signal().number(), before -> {
            Claim.OfWorker[] after = Arrays.copyOf(before, before.length + 1);
            after[before.length] = worker;
            return after;
        });
    }

    private void forget(Signal signal, Set<Claim.OfWorker> ended) {
        told.updateAndGet(
                signal.number(),
                before -> Arrays.stream(before)
                        .filter(worker -> !ended.contains(worker))
                        .toArray(Claim.OfWorker[]::new));
    }

    private static Stream<Claim.OfWorker> workersOf(List<Claim> claims) {
        return claims.stream().filter(Claim.OfWorker.class::isInstance).map(Claim.OfWorker.class::cast);
    }

    /** To be called before the disposition changes, so that they miss nothing. */
    private static void letHear(List<Claim> claims) {
        workersOf(claims).filter(worker -> isTold(worker, claims)).forEach(worker -> worker.hear(true));
    }

    /** To be called after it has changed: what arrived up to now was still theirs. */
    private static void deafen(List<Claim> claims) {
        workersOf(claims).filter(worker -> !isTold(worker, claims)).forEach(worker -> worker.hear(false));
    }

    private static boolean isTold(Claim.OfWorker worker, List<Claim> claims) {
        return worker.asked() == Asked.OBSERVE || deciding(claims) == Asked.CATCH;
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
        boolean observed = claims.stream().anyMatch(claim -> claim.asked() == Asked.OBSERVE);
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
