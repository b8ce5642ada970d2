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
    private static final long MOST_WAIT = TimeUnit.SECONDS.toNanos(1);
    /** An older one is not the reason. Other code caught it, such as a HUP that reloaded. */
    private static final long MOST_AGE = TimeUnit.MINUTES.toNanos(1);

    private final ApplicationContext context;
    private final List<Registration> registrations = new ArrayList<>();
    private final long arrivedBefore;
    /** These two under this. */
    private long noted;

    private @Nullable SignalEvent last;

    /** Observes these signals until it is closed. */
    ShutdownLog(ApplicationContext context, Iterable<Signal> signals) {
        this.context = context;
        for (Signal signal : signals) {
            registrations.add(
                    Signals.observe(signal, this::note, Delivery.inline().withSender()));
        }
        arrivedBefore = arrived();
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent closed) {
        if (closed.getApplicationContext() != context) {
            return; // a child's, as the context of a management port is
        }
        SignalEvent event = awaitLast();
        if (event == null) {
            return;
        }
        long age = System.nanoTime() - event.arrivedAt();
        if (age < MOST_AGE) {
            LOGGER.info("Shutting down: {}, {} ms ago", EventText.of(event), TimeUnit.NANOSECONDS.toMillis(age));
        }
    }

    @Override
    public void close() {
        registrations.forEach(Registration::close);
    }

    synchronized void note(SignalEvent event) {
        last = event;
        noted += event instanceof SignalEvent.Lost lost ? lost.count() : 1;
        notifyAll();
    }

    /** The JVM begins to exit while the event is on its way, so it waits for those that have arrived. */
    private synchronized @Nullable SignalEvent awaitLast() {
        long deadline = System.nanoTime() + MOST_WAIT;
        try {
            while (noted < arrived() - arrivedBefore && System.nanoTime() - deadline < 0) {
                TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return last;
    }

    private long arrived() {
        Ledger ledger = Signals.ledger();
        return registrations.stream()
                .mapToLong(registration -> ledger.of(registration.signal()).arrived())
                .sum();
    }
}
