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

/** Whom an arrival is for, by the time at which it came. */
class AudienceTest {
    private final Registry registry = new Registry(1, new Fences(new NoPipe()));
    private final Audience audience = new Audience();
    private final Claim.OfWorker first = worker();
    private final Claim.OfWorker second = worker();

    @Test
    void nobodyIsToldBeforeTheFirst() {
        long before = System.nanoTime();
        audience.tell(List.of(first));

        assertThat(audience.at(before)).isEmpty();
    }

    @Test
    void anArrivalIsForThoseOfItsTimeHoweverLateItIsLookedFor() {
        audience.tell(List.of(first));
        long alone = System.nanoTime();
        audience.tell(List.of(first, second));
        long both = System.nanoTime();
        audience.tell(List.of(second));
        long other = System.nanoTime();
        audience.tell(List.of());

        assertThat(audience.at(alone)).containsExactly(first);
        assertThat(audience.at(both)).containsExactly(first, second);
        assertThat(audience.at(other)).containsExactly(second);
        assertThat(audience.at(System.nanoTime())).isEmpty();
    }

    @Test
    void arrivalsNeedNotBeLookedForInTheirOrder() {
        audience.tell(List.of(first));
        long early = System.nanoTime();
        audience.tell(List.of(second));
        long late = System.nanoTime();

        assertThat(audience.at(late)).containsExactly(second);
        assertThat(audience.at(early)).containsExactly(first);
        assertThat(audience.at(late)).containsExactly(second);
    }

    @Test
    void whatHasBeenDispatchedIsForgotten() {
        audience.tell(List.of(first)).run();
        assertThat(everyone()).containsExactly(first);
        Runnable dispatched = audience.tell(List.of(second));
        assertThat(everyone()).containsExactlyInAnyOrder(first, second);

        dispatched.run();

        assertThat(everyone()).containsExactly(second);
        assertThat(audience.at(System.nanoTime())).containsExactly(second);
    }

    private List<Claim.OfWorker> everyone() {
        List<Claim.OfWorker> everyone = new ArrayList<>();
        for (Audience.Stretch time = audience.oldest(); time != null; time = time.next()) {
            everyone.addAll(Set.of(time.workers()));
        }
        return everyone;
    }

    private Claim.OfWorker worker() {
        Registered registered = new Registered(Asked.CATCH, Optional.of("worker"), Optional.of(Delivery.inline()));
        return new Claim.OfWorker(registry, Signal.of(1), registered, new InlinePost(event -> {}));
    }

    private static final class NoPipe implements Fences.Pipe {
        @Override
        public void wake() {}

        @Override
        public void mark() {}

        @Override
        public boolean isPastMark() {
            return true;
        }
    }
}
