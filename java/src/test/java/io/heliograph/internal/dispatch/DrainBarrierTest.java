package io.heliograph.internal.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DrainBarrierTest {
    /** As the pipe does: each permit is a wake-up in it, and a read takes all that are there. */
    private final Semaphore pipe = new Semaphore(0);

    private final AtomicInteger marks = new AtomicInteger();
    private volatile boolean past = true;
    private final DrainBarrier barrier = new DrainBarrier(new DrainBarrier.Pipe() {
        @Override
        public void wake() {
            pipe.release();
        }

        @Override
        public void mark() {
            marks.incrementAndGet();
        }

        @Override
        public boolean isPastMark() {
            return past;
        }
    });
    private final List<String> passed = new ArrayList<>();

    @Test
    void aFenceIsPassedByTheDispatcherThatSleptWhenItWasAskedFor() throws InterruptedException {
        CountDownLatch reached = new CountDownLatch(1);
        Thread dispatcher = new Thread(this::dispatch, "dispatcher of DrainBarrierTest");
        dispatcher.setDaemon(true);
        dispatcher.start();
        while (!pipe.hasQueuedThreads()) {
            Thread.onSpinWait();
        }
        barrier.ask(reached::countDown);
        assertThat(reached.await(60, TimeUnit.SECONDS)).isTrue();
    }

    private void dispatch() {
        for (; ; ) {
            barrier.mark();
            pipe.acquireUninterruptibly();
            pipe.drainPermits();
            barrier.pass();
        }
    }

    @Test
    void aReadThatDoesNotComePastTheMarkPassesNoFence() {
        past = false;
        barrier.ask(() -> passed.add("first"));
        barrier.mark();
        pipe.drainPermits();
        barrier.pass();
        assertThat(passed).isEmpty();
        barrier.mark();
        assertThat(marks).as("the mark stays where it is").hasValue(1);
        past = true;
        barrier.pass();
        assertThat(passed).containsExactly("first");
        barrier.pass();
        assertThat(passed).containsExactly("first");
    }

    @Test
    void aFenceAskedForAfterTheMarkWaitsForTheNext() {
        barrier.ask(() -> passed.add("first"));
        barrier.mark();
        barrier.ask(() -> passed.add("second"));
        barrier.pass();
        assertThat(passed).containsExactly("first");
        barrier.mark();
        barrier.pass();
        assertThat(passed).containsExactly("first", "second");
        assertThat(marks).hasValue(2);
    }
}
