package io.heliograph.spring;

import io.heliograph.Delivery;
import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.Signals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/**
 * Registers the signals of {@code heliograph.signals} and publishes their events.
 *
 * <p>It starts before the other lifecycle beans and stops after them: a signal that comes while the web server drains
 * still has its event.
 */
final class SignalPublisher implements SmartLifecycle {
    private static final Logger LOGGER = LoggerFactory.getLogger(SignalPublisher.class);

    private final HeliographProperties properties;
    private final ApplicationEventPublisher publisher;
    private final List<Registration> registrations = new ArrayList<>();
    private volatile boolean running;

    SignalPublisher(HeliographProperties properties, ApplicationEventPublisher publisher) {
        this.properties = properties;
        this.publisher = publisher;
    }

    @Override
    public void start() {
        running = true;
        if (!Signals.isAvailable()) {
            LOGGER.warn(
                    "Signals are left as they are: {}",
                    Signals.unavailabilityCause().map(Throwable::getMessage).orElse(""));
            return;
        }
        properties.actions().forEach(this::register);
    }

    @Override
    public void stop() {
        running = false;
        registrations.forEach(Registration::close);
        registrations.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }

    private void register(Signal signal, SignalAction action) {
        Delivery delivery = Delivery.ownThread().withSender();
        try {
            registrations.add(
                    switch (action) {
                        case EVENT -> Signals.observe(signal, event -> publish(event, action), delivery);
                        case CATCH, RELOAD, THREAD_DUMP ->
                            Signals.on(signal, event -> publish(event, action), delivery);
                        case IGNORE -> Signals.ignore(signal);
                    });
        } catch (IllegalArgumentException refused) {
            throw new SignalPropertyException(signal.name().toLowerCase(Locale.ROOT), action.word(), refused);
        }
    }

    private void publish(SignalEvent event, SignalAction action) {
        if (!running) {
            return; // an arrival from before stop(), and the listeners may be gone
        }
        try {
            publisher.publishEvent(new SignalReceived(event));
            if (action == SignalAction.RELOAD) {
                publisher.publishEvent(new ReloadRequested(event));
            } else if (action == SignalAction.THREAD_DUMP) {
                LOGGER.info("Thread dump at {}:\n{}", event.signal(), ThreadDump.text());
            }
        } catch (RuntimeException failure) {
            LOGGER.error("{}={} failed", event.signal(), action.word(), failure);
        }
    }
}
