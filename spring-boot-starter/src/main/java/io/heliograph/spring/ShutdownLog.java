package io.heliograph.spring;

import io.heliograph.Delivery;
import io.heliograph.Ledger;
import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.Signals;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/** Names the sender of the signal that ended the application, when its context closes. */
final class ShutdownLog implements ApplicationListener<ContextClosedEvent>, AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(ShutdownLog.class);
    private static final long MOST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** An older signal is most likely not the reason. Other code caught it, such as a HUP that reloaded. */
    private static final long MOST_AGE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final ApplicationContext context;
    private final List<Registration> registrations = new ArrayList<>();
    private volatile @Nullable SignalEvent last;

    /** Observes these signals until it is closed. */
    ShutdownLog(ApplicationContext context, Iterable<Signal> signals) {
        this.context = context;
        for (Signal signal : signals) {
            registrations.add(
                    Signals.observe(signal, this::note, Delivery.inline().withSender()));
        }
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent closed) {
        if (closed.getApplicationContext() != context) {
            return; // a child's, as the context of a management port is
        }
        awaitLast();
        SignalEvent event = last;
        if (event == null) {
            return;
        }
        long age = System.nanoTime() - event.arrivedAt();
        if (age < MOST_AGE_NANOS) {
            LOGGER.info("Shutting down: {}, {} ms ago", EventText.of(event), TimeUnit.NANOSECONDS.toMillis(age));
        }
    }

    @Override
    public void close() {
        registrations.forEach(Registration::close);
    }

    void note(SignalEvent event) {
        last = event;
    }

    /** The JVM begins to exit while the event is on its way, so this waits for those that have arrived. */
    private void awaitLast() {
        long deadline = System.nanoTime() + MOST_WAIT_NANOS;
        try {
            while (isOneOnItsWay() && System.nanoTime() - deadline < 0) {
                TimeUnit.MILLISECONDS.sleep(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The dispatcher counts an arrival after its workers. */
    private boolean isOneOnItsWay() {
        Ledger ledger = Signals.ledger();
        return registrations.stream()
                .map(registration -> ledger.of(registration.signal()))
                .anyMatch(counts -> counts.arrived() > counts.dispatched() + counts.lost());
    }
}
