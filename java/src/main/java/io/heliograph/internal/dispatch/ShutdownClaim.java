package io.heliograph.internal.dispatch;

import io.heliograph.Disposition.Asked;
import io.heliograph.Disposition.Registered;
import io.heliograph.Signal;
import io.heliograph.SignalWorker;
import io.heliograph.internal.seam.NativeCall;
import io.heliograph.internal.seam.NativeShutdown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A claim on a signal that begins the shutdown. The handler itself sees to that, as long as the claim hears: no newer one
 * has the signal ignored or left to its default action.
 */
final class ShutdownClaim extends Claim.OfWorker {
    /** The handler is what works. */
    private static final Registered REGISTERED = new Registered(Asked.CATCH, Optional.of("shutdown"), Optional.empty());

    private static final SignalWorker NOBODY = event -> {};

    private final Hearing hearing;
    private final long withinNanos;
    private final boolean bySignal;

    ShutdownClaim(Registry registry, Signal signal, Hearing hearing, long withinNanos, boolean bySignal) {
        super(registry, signal, REGISTERED, new InlinePost(NOBODY));
        this.hearing = hearing;
        this.withinNanos = withinNanos;
        this.bySignal = bySignal;
    }

    @Override
    void hear(boolean on) {
        hearing.put(this, on);
    }

    /** The claims that hear, in the order in which they were made; under the registry's lock. The last one's terms hold. */
    static final class Hearing {
        private final Map<Signal, List<ShutdownClaim>> claims = new HashMap<>();

        private void put(ShutdownClaim claim, boolean on) {
            Signal signal = claim.signal();
            List<ShutdownClaim> those = claims.get(signal);
            if (those == null) {
                those = new ArrayList<>();
                claims.put(signal, those);
            }
            those.remove(claim);
            if (on) {
                those.add(claim);
            }
            if (those.isEmpty()) {
                NativeShutdown.off(signal.number()); // refused where it has begun, and then it is too late
                return;
            }
            ShutdownClaim last = those.get(those.size() - 1);
            NativeCall.check(
                    NativeShutdown.on(signal.number(), last.withinNanos, last.bySignal), "shutdown(" + signal + ")");
        }
    }
}
