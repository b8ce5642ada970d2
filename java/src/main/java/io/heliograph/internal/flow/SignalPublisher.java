package io.heliograph.internal.flow;

import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.internal.dispatch.JvmSignals;
import io.heliograph.internal.dispatch.Post;
import io.heliograph.internal.dispatch.SignalRuntime;
import io.heliograph.internal.dispatch.WorkerCall;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Flow;

/** Catches its signals for each subscriber anew; see {@code Signals.publisher}. */
public final class SignalPublisher implements Flow.Publisher<SignalEvent> {
    /** How a signal is caught. */
    interface Catcher {
        Registration catchSignal(Signal signal, String name, Post post);
    }

    private final Catcher catcher;
    private final Set<Signal> signals = new LinkedHashSet<>();

    /** See {@code Signals.publisher}. */
    public SignalPublisher(Signal... signals) {
        this((signal, name, post) -> SignalRuntime.get().catchSignal(signal, name, post), signals);
    }

    SignalPublisher(Catcher catcher, Signal... signals) {
        this.catcher = catcher;
        if (signals.length == 0) {
            throw new IllegalArgumentException("no signal to publish: name at least one");
        }
        for (Signal signal : signals) {
            Objects.requireNonNull(signal, "signal is null: give a Signal, Signal.TERM for one");
            JvmSignals.requireCatchable(signal);
            this.signals.add(signal);
        }
    }

    @Override
    public void subscribe(Flow.Subscriber<? super SignalEvent> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber is null: give a Flow.Subscriber");
        SignalSubscription subscription = new SignalSubscription();
        try {
            subscription.begin(catcher, signals, subscriber);
        } catch (Throwable failure) {
            subscription.cancel();
            refuse(subscriber, failure);
        }
    }

    /** A subscriber is told of a failure only after it was given a subscription (Reactive Streams, rule 1.9). */
    private static void refuse(Flow.Subscriber<?> subscriber, Throwable failure) {
        try {
            subscriber.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long count) {}

                @Override
                public void cancel() {}
            });
            subscriber.onError(failure);
        } catch (Throwable broken) {
            WorkerCall.report(broken); // subscribe() itself returns normally, whatever the subscriber does (rule 1.9)
        }
    }
}
