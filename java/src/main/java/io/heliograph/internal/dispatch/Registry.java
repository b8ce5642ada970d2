package io.heliograph.internal.dispatch;

import io.heliograph.Signal;
import io.heliograph.internal.seam.Native;
import io.heliograph.internal.seam.NativeCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

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
    /** Written under lock, read by the dispatcher: who is told of an arrival. */
    private final AtomicReferenceArray<Claim.OfWorker[]> told;

    Registry(int maxSignal, Fences fences) {
        this.fences = fences;
        told = new AtomicReferenceArray<>(maxSignal + 1);
        for (int signal = 0; signal <= maxSignal; signal++) {
            open.add(new ArrayList<>());
            told.set(signal, NOBODY);
        }
    }

    /** Those to dispatch the signal's arrivals to, some of them perhaps closed a moment ago. */
    Claim.OfWorker[] toldOf(int signal) {
        return told.get(signal);
    }

    int openCount(Signal signal) {
        synchronized (lock) {
            return open.get(signal.number()).size();
        }
    }

    /** The observers of all signals. */
    List<Claim.OfWorker> observers() {
        synchronized (lock) {
            return open.stream()
                    .flatMap(List::stream)
                    .filter(claim -> claim.kind() == Claim.Kind.OBSERVE)
                    .map(Claim.OfWorker.class::cast)
                    .toList();
        }
    }

    void add(Claim claim) {
        synchronized (lock) {
            List<Claim> claims = open.get(claim.signal().number());
            claims.add(claim);
            // Told before caught: the first arrival already finds its worker.
            retell(claim.signal(), claims);
            int result = apply(claim.signal(), claims);
            if (result < 0) {
                claims.remove(claim);
                retell(claim.signal(), claims);
                NativeCall.check(result, "sigaction(" + claim.signal() + ")");
            }
        }
    }

    void close(Claim claim) {
        synchronized (lock) {
            List<Claim> claims = open.get(claim.signal().number());
            if (!claims.remove(claim)) {
                return;
            }
            NativeCall.check(apply(claim.signal(), claims), "sigaction(" + claim.signal() + ")");
            if (claim instanceof Claim.OfWorker worker) {
                worker.noteClosed();
            } else {
                retell(claim.signal(), claims);
            }
        }
        if (claim instanceof Claim.OfWorker worker) {
            fences.ask(() -> forget(worker));
        }
    }

    /** On the dispatcher's thread, when all that arrived before the closing has been dispatched. */
    private void forget(Claim.OfWorker worker) {
        synchronized (lock) {
            int signal = worker.signal().number();
            told.set(
                    signal,
                    Arrays.stream(told.get(signal))
                            .filter(other -> other != worker)
                            .toArray(Claim.OfWorker[]::new));
        }
        worker.post().end();
    }

    /** The open claims that are told now, and the closed ones that still are. */
    private void retell(Signal signal, List<Claim> claims) {
        Claim.Kind decides = deciding(claims);
        List<Claim.OfWorker> workers = new ArrayList<>();
        for (Claim.OfWorker before : told.get(signal.number())) {
            if (!claims.contains(before)) {
                workers.add(before);
            }
        }
        for (Claim claim : claims) {
            boolean isTold = claim.kind() == Claim.Kind.OBSERVE || decides == Claim.Kind.CATCH;
            if (isTold && claim instanceof Claim.OfWorker worker) {
                workers.add(worker);
            }
        }
        told.set(signal.number(), workers.toArray(Claim.OfWorker[]::new));
    }

    private static Claim.Kind deciding(List<Claim> claims) {
        for (int i = claims.size() - 1; i >= 0; i--) {
            if (claims.get(i).kind() != Claim.Kind.OBSERVE) {
                return claims.get(i).kind();
            }
        }
        return Claim.Kind.OBSERVE;
    }

    private static int apply(Signal signal, List<Claim> claims) {
        int number = signal.number();
        if (claims.isEmpty()) {
            return Native.restore(number);
        }
        boolean observed = claims.stream().anyMatch(claim -> claim.kind() == Claim.Kind.OBSERVE);
        return switch (deciding(claims)) {
            case CATCH -> Native.catchSignal(number);
            case OBSERVE -> Native.observe(number);
            // Caught by observers, who do nothing to the process: as good as ignored.
            case IGNORE -> observed ? Native.catchSignal(number) : Native.ignore(number);
            case DEFAULT -> observed ? Native.observeDefault(number) : Native.restoreDefault(number);
        };
    }
}
