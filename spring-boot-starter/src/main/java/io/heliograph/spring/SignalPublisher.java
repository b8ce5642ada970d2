package io.heliograph.spring;

import io.heliograph.Delivery;
import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.Signals;
import java.util.ArrayList;
import java.util.List;
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

    private final SignalActions actions;
    private final ApplicationEventPublisher publisher;
    private final List<Registration> registrations = new ArrayList<>();
    private volatile boolean running;

    SignalPublisher(SignalActions actions, ApplicationEventPublisher publisher) {
        this.actions = actions;
        this.publisher = publisher;
    }

    @Override
    public void start() {
        running = true;
        Signals.unavailabilityCause()
                .ifPresent(cause -> LOGGER.warn("Signals are left as they are: {}", cause.getMessage()));
        actions.bySignal().forEach((signal, action) -> registrations.add(register(signal, action)));
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

    private Registration register(Signal signal, SignalAction action) {
        Delivery delivery = Delivery.ownThread().withSender();
        return switch (action) {
            case EVENT -> Signals.observe(signal, event -> publish(event, action), delivery);
            case CATCH, RELOAD, THREAD_DUMP -> Signals.on(signal, event -> publish(event, action), delivery);
            case IGNORE -> Signals.ignore(signal);
        };
    }

    private void publish(SignalEvent event, SignalAction action) {
        attempt(event, action, () -> publisher.publishEvent(new SignalReceived(event)));
        if (action == SignalAction.RELOAD) {
            attempt(event, action, () -> publisher.publishEvent(new ReloadRequested(event)));
        } else if (action == SignalAction.THREAD_DUMP) {
            attempt(event, action, () -> LOGGER.info("Thread dump at {}:\n{}", event.signal(), ThreadDump.text()));
        }
    }

    /** A step that fails does not keep the next one from being done. */
    private void attempt(SignalEvent event, SignalAction action, Runnable step) {
        if (!running) {
            return; // an arrival from before stop(), and the listeners may be gone
        }
        try {
            step.run();
        } catch (Throwable failure) { // an Error, too, belongs into the log
            LOGGER.error("heliograph.signals.{}={} failed", event.signal(), action.word(), failure);
        }
    }
}
