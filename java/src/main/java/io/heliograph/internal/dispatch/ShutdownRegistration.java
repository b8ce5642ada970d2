package io.heliograph.internal.dispatch;

import io.heliograph.Disposition.Asked;
import io.heliograph.Disposition.Registered;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.SignalWorker;
import io.heliograph.internal.jni.NativeShutdown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A registration of a signal that requests the shutdown. The handler itself does so, unless a newer registration has
 * the signal ignored or left to its default action.
 */
final class ShutdownRegistration extends OpenRegistration.WithWorker {
    /** Its name where the end is the app's. */
    static final String DEADLINE = "deadline";

    /** The handler does the work. No lambda: it is made before main, see AgentStart. */
    private static final SignalWorker NOBODY = new SignalWorker() {
        @Override
        public void onSignal(SignalEvent event) {}
    };

    private final Recipients recipients;
    private final ShutdownTerms terms;

    ShutdownRegistration(
            Consumer<OpenRegistration> closing, Signal signal, Recipients recipients, ShutdownTerms terms) {
        super(closing, signal, registered(terms), new InlineSink(NOBODY));
        this.recipients = recipients;
        this.terms = terms;
    }

    /** A hold keeps the signal from the app's handlers, too. */
    private static Registered registered(ShutdownTerms terms) {
        boolean observes = terms.isLeftToApp() && terms.holdNanos() == 0;
        return new Registered(
                observes ? Asked.OBSERVE : Asked.CATCH,
                Optional.of(terms.isLeftToApp() ? DEADLINE : "shutdown"),
                Optional.empty());
    }

    @Override
    void setRecipient(boolean on) {
        recipients.put(this, on);
    }

    /**
     * The registrations that are recipients, in the order in which they were made; under the registry's lock. The last
     * one's terms hold.
     */
    static final class Recipients {
        private final Map<Signal, List<ShutdownRegistration>> registrations = new HashMap<>();

        private void put(ShutdownRegistration registration, boolean on) {
            Signal signal = registration.signal();
            List<ShutdownRegistration> those = registrations.get(signal);
            if (those == null) {
                those = new ArrayList<>();
                registrations.put(signal, those);
            }
            those.remove(registration);
            if (on) {
                those.add(registration);
            }
            if (those.isEmpty()) {
                NativeShutdown.off(signal.number()); // fails if the shutdown has begun, and then it is too late
                return;
            }
            those.get(those.size() - 1).terms.apply(signal);
        }
    }
}
