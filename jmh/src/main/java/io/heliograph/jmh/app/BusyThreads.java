package io.heliograph.jmh.app;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

/** Two threads that repeat a step, each with its own state, and count. */
final class BusyThreads {
    private static final int WINDOW_MILLIS = 100;

    private final List<Worker> workers;
    private volatile boolean isStopping;

    /** @param step makes a state of the one before */
    BusyThreads(IntUnaryOperator step) {
        workers = Stream.generate(() -> new Worker(step)).limit(2).toList();
        workers.forEach(Thread::start);
    }

    private final class Worker extends Thread {
        private final IntUnaryOperator step;
        private volatile long steps;
        /** Kept, so that the compiler cannot remove the step. */
        private volatile int state = 1;

        Worker(IntUnaryOperator step) {
            this.step = step;
            setDaemon(true);
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // no other thread writes it
        public void run() {
            while (!isStopping) {
                state = step.applyAsInt(state);
                steps++;
            }
        }
    }

    /** The steps a second in the next window of time. */
    long rate() throws InterruptedException {
        long begin = System.nanoTime();
        long before = steps();
        Thread.sleep(WINDOW_MILLIS);
        return (steps() - before) * TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - begin);
    }

    long steps() {
        return workers.stream().mapToLong(worker -> worker.steps).sum();
    }

    void stop() throws InterruptedException {
        isStopping = true;
        for (Worker worker : workers) {
            worker.join();
        }
    }
}
