package io.heliograph.internal.flow;

import io.heliograph.Delivery;
import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.Signals;
import java.util.concurrent.Flow;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;
import org.testng.annotations.Test;

/**
 * The rules of reactive streams, by their own tests, over real signals that this JVM raises.
 *
 * <p>Signals never complete. A test that wants a stream of so many elements gets the first so many: beneath it is the
 * subscription as it is, only the last element is followed by the completion. Those named "untested" skip themselves in
 * every implementation's run, and so do three about publishers that repeat for one subscriber what another one got.
 */
@Test
public class PublisherTckTest extends FlowPublisherVerification<SignalEvent> {
    /** When a test that waits for what must come gives up. */
    private static final long WAY_OUT_MILLIS = 30_000;

    /** How often a test looks whether an error that must come is there; unless said, once, when it would give up. */
    private static final long LOOK_MILLIS = 20;

    /** How long the tests listen for what must not come. */
    private static final long SILENCE_MILLIS = 100;

    /** How long a subscriber that has cancelled may still be referred to: one test sleeps for that, and looks once. */
    private static final long REFERENCE_MILLIS = 3_000;

    /** More than any of the tests takes in, where it asks for as many as there are. */
    private static final long MOST = 1_000;

    private static final Signal SIGNAL = Signal.realTime(7);
    private Registration guard;

    public PublisherTckTest() {
        super(new TestEnvironment(WAY_OUT_MILLIS, SILENCE_MILLIS, LOOK_MILLIS), REFERENCE_MILLIS);
    }

    /** What is raised after a subscriber has cancelled must not end this JVM. */
    @BeforeClass
    public void guard() {
        guard = Signals.on(SIGNAL, event -> {}, Delivery.inline());
    }

    @AfterClass
    public void letGo() {
        guard.close();
    }

    @Override
    public Flow.Publisher<SignalEvent> createFlowPublisher(long elements) {
        Flow.Publisher<SignalEvent> publisher = Signals.publisher(SIGNAL);
        return subscriber -> {
            publisher.subscribe(elements > MOST || subscriber == null ? subscriber : new First(elements, subscriber));
            for (long raised = 0; raised < Math.min(elements, MOST); raised++) {
                Signals.raise(SIGNAL);
            }
        };
    }

    @Override
    public Flow.Publisher<SignalEvent> createFailedFlowPublisher() {
        return new SignalPublisher(
                (signal, name, post) -> {
                    throw new IllegalStateException("refused on purpose");
                },
                SIGNAL);
    }

    /** Passes on the first so many elements and completes. */
    private static final class First implements Flow.Subscriber<SignalEvent> {
        private final Flow.Subscriber<? super SignalEvent> subscriber;
        private long left;
        private Flow.Subscription subscription;

        First(long elements, Flow.Subscriber<? super SignalEvent> subscriber) {
            this.subscriber = subscriber;
            left = elements;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            subscriber.onSubscribe(given);
            completeAtTheEnd();
        }

        @Override
        public void onNext(SignalEvent event) {
            left--;
            subscriber.onNext(event);
            completeAtTheEnd();
        }

        private void completeAtTheEnd() {
            if (left == 0) {
                subscription.cancel();
                subscriber.onComplete();
            }
        }

        @Override
        public void onError(Throwable failure) {
            subscriber.onError(failure);
        }

        @Override
        public void onComplete() {
            throw new AssertionError("signals never complete");
        }
    }
}
