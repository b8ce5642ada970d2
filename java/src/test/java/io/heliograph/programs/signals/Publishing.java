package io.heliograph.programs.signals;

import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.Signals;
import io.heliograph.programs.Talk;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SubmissionPublisher;

/** Raises 1,000 signals, and consumes them from a publisher of the JDK whose {@code submit} is the worker. */
public final class Publishing {
    private static final Signal SIGNAL = Signal.realTime(1);
    private static final int COUNT = 1000;
    /** So few at a time fit into the smallest pipe. */
    private static final int BURST = 50;

    private volatile int consumed;
    private long last;
    private int disorder;

    private Publishing() {}

    public static void main(String[] args) {
        new Publishing().run();
        Talk.say("after " + Signals.dispositions().get(SIGNAL).kind());
    }

    private void run() {
        CompletableFuture<Void> end;
        try (SubmissionPublisher<SignalEvent> events = new SubmissionPublisher<>()) {
            end = events.consume(this::consume);
            try (Registration registration = Signals.on(SIGNAL, events::submit)) {
                raise();
            }
        }
        end.join();
        Talk.say("consumed " + consumed + ", out of order " + disorder);
    }

    private void raise() {
        for (int raised = 1; raised <= COUNT; raised++) {
            Signals.raise(SIGNAL);
            if (raised % BURST == 0) {
                int all = raised;
                Talk.until(() -> consumed == all);
            }
        }
    }

    private void consume(SignalEvent event) {
        disorder += event.sequence() <= last ? 1 : 0;
        last = event.sequence();
        consumed++;
    }
}
