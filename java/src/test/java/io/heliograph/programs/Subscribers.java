package io.heliograph.programs;

import io.heliograph.Delivery;
import io.heliograph.Ledger;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.Signals;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;

/** Subscribes to signals that it raises itself, in the way that its argument says, and tells what came of it. */
public final class Subscribers {
    private static final int ROOM = Delivery.MAILBOX_CAPACITY;
    /** More of each than there is room for; fewer at a time than fit into the pipe. */
    private static final int TOO_MANY = 100;

    private static volatile Flow.Subscription subscription;

    private Subscribers() {}

    public static void main(String[] args) throws Exception {
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, failure) -> Talk.say("uncaught " + failure.getMessage() + " in " + thread.getName()));
        switch (args[0]) {
            case "slow" -> slow();
            case "order" -> order();
            case "throws" -> broken();
            case "pipeline" -> pipeline();
            default -> throw new IllegalArgumentException(args[0]);
        }
        Talk.say("end");
    }

    /** The subscriber requests nothing until more has arrived than there is room for. */
    private static void slow() throws InterruptedException {
        CountDownLatch all = new CountDownLatch(ROOM + 3);
        long[] lost = new long[2];
        StringBuilder tail = new StringBuilder();
        Signals.publisher(Signal.USR1, Signal.WINCH).subscribe(new Subscriber() {
            private int seen;

            @Override
            public void onNext(SignalEvent event) {
                if (++seen > ROOM) {
                    tail.append(' ').append(event.getClass().getSimpleName()).append(event.signal());
                }
                if (event instanceof SignalEvent.Lost told) {
                    lost[told.signal() == Signal.USR1 ? 0 : 1] += told.count();
                }
                all.countDown();
            }
        });
        raise(Signal.USR1, ROOM);
        raise(Signal.WINCH, TOO_MANY);
        raise(Signal.USR1, 2 * TOO_MANY);
        while (subscription == null) {
            Thread.onSpinWait();
        }
        subscription.request(1);
        Talk.until(() -> all.getCount() == ROOM + 2);
        raise(Signal.WINCH, 1); // there is room for it, but not for the two losses that come before it
        subscription.request(ROOM + 1);
        // There is room again when those have gone; this one comes behind what was lost.
        Talk.until(() -> all.getCount() == 1);
        raise(Signal.WINCH, 1);
        subscription.request(Long.MAX_VALUE);
        all.await();
        Talk.say("slow usr1=" + lost[0] + " winch=" + lost[1] + " tail:" + tail);
        Talk.say("ledger usr1=" + lostBy(Signal.USR1) + " winch=" + lostBy(Signal.WINCH));
    }

    private static long lostBy(Signal signal) {
        Ledger.Counts counts = Signals.ledger().of(signal);
        return counts.arrived() == counts.dispatched() + counts.lost() ? counts.lost() : -1;
    }

    /** Each is dispatched before the next few, so that none is lost in the pipe. */
    private static void raise(Signal signal, int count) {
        for (int raised = 1; raised <= count; raised++) {
            Signals.raise(signal);
            if (raised % 50 == 0 || raised == count) {
                Talk.until(Subscribers::isAllDispatched);
            }
        }
    }

    private static boolean isAllDispatched() {
        return Signals.ledger().counts().values().stream()
                .allMatch(counts -> counts.arrived() == counts.dispatched() + counts.lost());
    }

    /** One at a time, requested one by one, of two signals; no thread starts, and after it all is as before. */
    private static void order() throws InterruptedException {
        int count = 2_000;
        CountDownLatch all = new CountDownLatch(count);
        CountDownLatch subscribed = new CountDownLatch(1);
        long[] facts = new long[2];
        Signals.publisher(Signal.realTime(1), Signal.USR1, Signal.USR1).subscribe(new Subscriber() {
            private long last;

            @Override
            public void onSubscribe(Flow.Subscription given) {
                super.onSubscribe(given);
                given.request(1);
                subscribed.countDown();
            }

            @Override
            public void onNext(SignalEvent event) {
                facts[0] += event.sequence() <= last ? 1 : 0;
                last = event.sequence();
                all.countDown();
                subscription.request(1);
            }
        });
        subscribed.await();
        facts[1] = ManagementFactory.getThreadMXBean().getTotalStartedThreadCount();
        for (int raised = 0; raised < count; raised++) {
            Signals.raise(raised % 3 == 0 ? Signal.USR1 : Signal.realTime(1));
        }
        all.await();
        long started = ManagementFactory.getThreadMXBean().getTotalStartedThreadCount() - facts[1];
        subscription.cancel();
        Talk.say("order disorder=" + facts[0] + " started=" + started);
        Talk.say("after: " + Signals.dispositions().get(Signal.USR1).kind());
    }

    private static void broken() {
        Signals.publisher(Signal.USR1).subscribe(new Subscriber() {
            @Override
            public void onSubscribe(Flow.Subscription given) {
                given.request(2);
            }

            @Override
            public void onNext(SignalEvent event) {
                throw new IllegalStateException("on purpose");
            }
        });
        Signals.raise(Signal.USR1);
        boolean isBack =
                Talk.until(() -> Signals.dispositions().get(Signal.USR1).registrations() == 0);
        Talk.say("cancelled " + isBack);
    }

    /** Through the JDK's own publisher, as a processor would. */
    private static void pipeline() throws Exception {
        try (SubmissionPublisher<SignalEvent> onward = new SubmissionPublisher<>()) {
            var ended = onward.consume(event -> Talk.say("consumed " + event.signal()));
            Signals.publisher(Signal.USR1).subscribe(new Subscriber() {
                @Override
                public void onSubscribe(Flow.Subscription given) {
                    given.request(1);
                }

                @Override
                public void onNext(SignalEvent event) {
                    onward.submit(event);
                    onward.close();
                }
            });
            Signals.raise(Signal.USR1);
            ended.get();
        }
    }

    private abstract static class Subscriber implements Flow.Subscriber<SignalEvent> {
        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
        }

        @Override
        public void onError(Throwable failure) {
            Talk.say("error " + failure.getMessage());
        }

        @Override
        public void onComplete() {
            Talk.say("complete");
        }
    }
}
