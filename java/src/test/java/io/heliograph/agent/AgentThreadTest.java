package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AgentThreadTest {
    private static final long LONG = TimeUnit.HOURS.toNanos(1);

    private final AgentThread thread = new AgentThread("heliograph-agent");
    private final List<String> done = new CopyOnWriteArrayList<>();

    @Test
    void runsWhatIsDueWithoutAnyOtherTask() throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        thread.at(System.nanoTime() + 1_000_000, ran::countDown);
        assertThat(ran.await(2, TimeUnit.MINUTES)).isTrue();
        assertThat(thread.end(LONG)).isTrue();
    }

    /** An interrupt that an app's method leaves behind wakes it, and what is not due stays. */
    @Test
    void runsTheOthersAtItsEndBehindItsTasks() throws InterruptedException {
        thread.at(System.nanoTime() + 2 * LONG, () -> done.add("later"));
        thread.at(System.nanoTime() + LONG, () -> done.add("earlier"));
        thread.execute(() -> {
            done.add("task");
            Thread.currentThread().interrupt();
        });
        thread.execute(() -> done.add("second task"));
        assertThat(thread.end(LONG)).isTrue();
        assertThat(done).containsExactly("task", "second task", "earlier", "later");
    }
}
