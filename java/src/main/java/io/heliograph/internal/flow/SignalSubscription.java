package io.heliograph.internal.flow;

import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.internal.ClassNames;
import io.heliograph.internal.dispatch.NamedWorker;
import io.heliograph.internal.dispatch.WorkerCall;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

/** One subscriber's signals, from subscribe to cancel. The numbers of rules are those of Reactive Streams. */
final class SignalSubscription implements Flow.Subscription {
    private static final AtomicLong COUNT = new AtomicLong();

    private final Backlog backlog = new Backlog();
    /** Complete before the thread starts, and so before anybody can cancel. */
    private final List<Registration> registrations = new CopyOnWriteArrayList<>();

    /**
     * Catches the signals and starts the thread. Only that thread has the subscriber, so that nothing refers to it any
     * more when it has cancelled (rule 3.13).
     */
    void begin(SignalPublisher.Catcher catcher, Set<Signal> signals, Flow.Subscriber<? super SignalEvent> subscriber) {
        String name = ClassNames.of(subscriber.getClass());
        for (Signal signal : signals) {
            registrations.add(catcher.catchSignal(signal, name, backlog));
        }
        Thread thread = new Thread(() -> serve(subscriber, name), "heliograph-subscriber-" + COUNT.incrementAndGet());
        thread.setDaemon(true);
        thread.start();
    }

    /** All that the subscriber is told, it is told here: one call at a time (rule 1.3). */
    private void serve(Flow.Subscriber<? super SignalEvent> subscriber, String name) {
        try {
            subscriber.onSubscribe(this);
            Call call = new Call(subscriber, name);
            for (SignalEvent event = backlog.take(); event != null; event = backlog.take()) {
                WorkerCall.call(call, event);
                Thread.interrupted(); // what the subscriber leaves behind must not reach the next call
            }
            Throwable failure = backlog.failure();
            if (failure != null) {
                subscriber.onError(failure);
            }
        } catch (Throwable broken) {
            WorkerCall.report(broken); // it may not throw; where it does, it has cancelled (rule 2.13)
        } finally {
            cancel();
        }
    }

    @Override
    public void request(long count) {
        if (count > 0) {
            backlog.request(count);
        } else {
            backlog.fail(new IllegalArgumentException(
                    count + " events requested: request at least 1 (Reactive Streams, rule 3.9)"));
        }
    }

    @Override
    public void cancel() {
        backlog.cancel();
        registrations.forEach(Registration::close);
    }

    /** The subscriber as the Flight Recorder knows workers. */
    private record Call(Flow.Subscriber<? super SignalEvent> subscriber, String name) implements NamedWorker {
        @Override
        public void onSignal(SignalEvent event) {
            subscriber.onNext(event);
        }
    }
}
