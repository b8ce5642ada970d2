package io.heliograph.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.Delivery;
import io.heliograph.Disposition.Asked;
import io.heliograph.Disposition.Registered;
import io.heliograph.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An arrival goes to the recipients of its time. */
class RecipientHistoryTest {
    private final RecipientHistory history = new RecipientHistory();
    private final OpenRegistration.WithWorker first = worker();
    private final OpenRegistration.WithWorker second = worker();

    @Test
    void beforeTheFirstRegistrationThereAreNoRecipients() {
        long before = System.nanoTime();
        history.set(List.of(first));

        assertThat(history.at(before)).isEmpty();
    }

    @Test
    void anArrivalIsForThoseOfItsTimeHoweverLateItIsLookedFor() {
        history.set(List.of(first));
        long alone = System.nanoTime();
        history.set(List.of(first, second));
        long both = System.nanoTime();
        history.set(List.of(second));
        long other = System.nanoTime();
        history.set(List.of());

        assertThat(history.at(alone)).containsExactly(first);
        assertThat(history.at(both)).containsExactly(first, second);
        assertThat(history.at(other)).containsExactly(second);
        assertThat(history.at(System.nanoTime())).isEmpty();
    }

    @Test
    void arrivalsNeedNotBeLookedForInTheirOrder() {
        history.set(List.of(first));
        long early = System.nanoTime();
        history.set(List.of(second));
        long late = System.nanoTime();

        assertThat(history.at(late)).containsExactly(second);
        assertThat(history.at(early)).containsExactly(first);
        assertThat(history.at(late)).containsExactly(second);
    }

    @Test
    void whatHasBeenDispatchedIsForgotten() {
        history.set(List.of(first)).run();
        assertThat(everyone()).containsExactly(first);
        Runnable dispatched = history.set(List.of(second));
        assertThat(everyone()).containsExactlyInAnyOrder(first, second);

        dispatched.run();

        assertThat(everyone()).containsExactly(second);
        assertThat(history.at(System.nanoTime())).containsExactly(second);
    }

    private List<OpenRegistration.WithWorker> everyone() {
        List<OpenRegistration.WithWorker> everyone = new ArrayList<>();
        for (RecipientHistory.Interval time = history.oldest(); time != null; time = time.next()) {
            everyone.addAll(Set.of(time.workers()));
        }
        return everyone;
    }

    private OpenRegistration.WithWorker worker() {
        Registered registered = new Registered(Asked.CATCH, Optional.of("worker"), Optional.of(Delivery.inline()));
        return new OpenRegistration.WithWorker(closed -> {}, Signal.of(1), registered, new InlineSink(event -> {}));
    }
}
