package io.heliograph;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.Subscribers;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Facts;
import org.junit.jupiter.api.Test;

/** What {@code Signals.publisher} does beyond the rules that {@code PublisherTckTest} runs. */
class PublisherIT {
    @Test
    void whatASlowSubscriberCannotTakeIsToldInItsPlaceAndCountedInTheLedger() {
        try (Child child = ChildJvm.jvm().start(Subscribers.class, "slow")) {
            var slow = child.out().await("^slow .*");
            assertThat(Facts.of(slow).get("usr1")).isEqualTo(200);
            assertThat(Facts.of(slow).get("winch")).isEqualTo(101);
            assertThat(slow.group()).endsWith("tail: LostUSR1 LostWINCH SentWINCH");
            Facts ledger = Facts.of(child.out().await("^ledger .*"));
            assertThat(ledger.get("usr1")).isEqualTo(200);
            assertThat(ledger.get("winch")).isEqualTo(101);
            assertThat(child.ended()).isEqualTo("exited 0");
        }
    }

    @Test
    void eventsOfTwoSignalsComeInOrderStartNoThreadAndLeaveTheDispositionAsItWas() {
        try (Child child = ChildJvm.jvm().start(Subscribers.class, "order")) {
            Facts order = Facts.of(child.out().await("^order .*"));
            assertThat(order.get("disorder")).isZero();
            assertThat(order.get("started")).isZero();
            child.out().await("^after: DEFAULT$");
            assertThat(child.ended()).isEqualTo("exited 0");
        }
    }

    @Test
    void aSubscriberThatThrowsIsCancelledAndReported() {
        try (Child child = ChildJvm.jvm().start(Subscribers.class, "throws")) {
            child.out().await("^uncaught on purpose in heliograph-subscriber-1$");
            child.out().await("^cancelled true$");
            assertThat(child.ended()).isEqualTo("exited 0");
        }
    }

    @Test
    void itFeedsTheJdksOwnPublisher() {
        try (Child child = ChildJvm.jvm().start(Subscribers.class, "pipeline")) {
            child.out().await("^consumed USR1$");
            assertThat(child.ended()).isEqualTo("exited 0");
        }
    }
}
