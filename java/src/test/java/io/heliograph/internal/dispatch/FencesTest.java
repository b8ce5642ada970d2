package io.heliograph.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FencesTest {
    /** As the pipe does: each permit is a wake-up in it, and a read takes all that are there. */
    private final Semaphore pipe = new Semaphore(0);

    private final Fences fences = new Fences(pipe::release);
    private final List<String> passed = new ArrayList<>();

    @Test
    void aFenceIsPassedByTheDispatcherThatSleptWhenItWasAskedFor() throws InterruptedException {
        CountDownLatch reached = new CountDownLatch(1);
        Thread dispatcher = new Thread(this::dispatch, "dispatcher of FencesTest");
        dispatcher.setDaemon(true);
        dispatcher.start();
        while (!pipe.hasQueuedThreads()) {
            Thread.onSpinWait();
        }
        fences.ask(reached::countDown);
        assertThat(reached.await(60, TimeUnit.SECONDS)).isTrue();
    }

    private void dispatch() {
        for (; ; ) {
            fences.note();
            pipe.acquireUninterruptibly();
            pipe.drainPermits();
            if (fences.anyNoted()) {
                fences.pass(true);
            }
        }
    }

    @Test
    void aReadThatLeavesSomethingInThePipePassesNoFence() {
        fences.ask(() -> passed.add("first"));
        fences.note();
        pipe.drainPermits();
        fences.pass(false);
        assertThat(passed).isEmpty();
        assertThat(pipe.availablePermits())
                .as("wake-ups, so that the next read does not sleep")
                .isPositive();
        fences.pass(true);
        assertThat(passed).containsExactly("first");
        assertThat(fences.anyNoted()).isFalse();
    }

    @Test
    void aFenceAskedForAfterTheReadBeganIsNotPassedByIt() {
        fences.ask(() -> passed.add("first"));
        fences.note();
        fences.ask(() -> passed.add("second"));
        fences.pass(true);
        assertThat(passed).containsExactly("first");
        fences.note();
        fences.pass(true);
        assertThat(passed).containsExactly("first", "second");
    }
}
