package io.heliograph.jmh.soak;

import io.heliograph.Delivery;
import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.SignalInterrupt;
import io.heliograph.Signals;
import io.heliograph.workers.WorkerGroup;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Registrations that come and go, with a look at who sent a signal, and groups that open and end. */
final class Comings {
    /** Sent by another process. */
    static final Signal FROM_OUTSIDE = Signal.WINCH;

    /** It ends groups. */
    private static final Signal OF_GROUPS = Signal.realTime(1);

    private static final List<Delivery> DELIVERIES = List.of(
            Delivery.inline(),
            Delivery.ownThread(),
            Delivery.inline().withSender(),
            Delivery.ownThread().withSender());

    private final Lock mayWork;
    private final SoakOptions.Leak leak;
    private final List<Object> leaked = new ArrayList<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile int registrations;
    private volatile int groups;
    private volatile int senders;

    /** @param mayWork held by each thread while it works */
    Comings(Lock mayWork, SoakOptions.Leak leak) {
        this.mayWork = mayWork;
        this.leak = leak;
    }

    private interface Step {
        void run(int number) throws Exception;
    }

    void start() {
        Signals.on(FROM_OUTSIDE, event -> {}, Delivery.inline());
        repeat("soak-registers", 5, this::register);
        repeat("soak-opens-groups", 20, this::openGroup);
    }

    /** What ended one of the threads; null if none has ended. */
    @Nullable Throwable failure() {
        return failure.get();
    }

    /** Whether each kind of work was done, and so each thread and descriptor that stays is there. */
    boolean wereAll() {
        return registrations > 20 && groups > 20 && senders > 0;
    }

    String summary() {
        return registrations + " registrations came and went, " + groups + " groups, " + senders + " senders looked at";
    }

    private void repeat(String name, int pauseMillis, Step step) {
        Thread thread = new Thread(
                () -> {
                    try {
                        for (int number = 0; ; number++) {
                            mayWork.lock();
                            try {
                                step.run(number);
                            } finally {
                                mayWork.unlock();
                            }
                            TimeUnit.MILLISECONDS.sleep(pauseMillis);
                        }
                    } catch (Throwable ended) {
                        failure.compareAndSet(null, ended);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread
    private void register(int number) throws IOException {
        Signal signal = number % 3 == 0 ? Raisers.SIGNALS.get(number / 3 % Raisers.SIGNALS.size()) : FROM_OUTSIDE;
        Delivery delivery = DELIVERIES.get(number % DELIVERIES.size());
        try (Registration open = number % 2 == 0
                ? Signals.on(signal, this::look, delivery)
                : Signals.observe(signal, this::look, delivery)) {
            LockSupport.parkNanos(1_000_000);
        }
        registrations++;
        if (number % 5 == 0) {
            leak();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // a count that only has to rise
    private void look(SignalEvent event) {
        if (event instanceof SignalEvent.Sent sent
                && sent.sender().identity().command().isPresent()) {
            senders++;
        }
    }

    /** Every third group is ended by a signal; some have a process. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread
    private void openGroup(int number) throws IOException, InterruptedException {
        boolean isSignalled = number % 3 == 2;
        try (WorkerGroup group = WorkerGroup.open(OF_GROUPS)) {
            group.thread("worker", () -> TimeUnit.MILLISECONDS.sleep(isSignalled ? 60_000 : 1));
            if (number % 10 == 0) {
                group.process(
                        "true",
                        new ProcessBuilder("true").redirectErrorStream(true).redirectOutput(Redirect.DISCARD));
            }
            if (isSignalled) {
                Signals.raise(OF_GROUPS);
            }
            group.join();
            if (isSignalled) {
                throw new IllegalStateException("a group did not end by its signal");
            }
        } catch (SignalInterrupt ended) {
            if (!isSignalled) {
                throw ended;
            }
        }
        groups++;
    }

    private void leak() throws IOException {
        switch (leak) {
            case NOTHING -> {}
            case DESCRIPTOR -> leaked.add(new FileInputStream("/dev/null"));
            case THREAD -> {
                Thread thread = new Thread(LockSupport::park, "soak-leaks");
                thread.setDaemon(true);
                thread.start();
                leaked.add(thread);
            }
        }
    }
}
