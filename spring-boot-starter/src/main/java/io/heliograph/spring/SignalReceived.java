package io.heliograph.spring;

import io.heliograph.Signal;
import io.heliograph.SignalEvent;

/**
 * The application event of each signal that {@code heliograph.signals} names, apart from ignored ones: {@code
 * @EventListener(condition = "#event.signal.name == 'HUP'") void on(SignalReceived event)}.
 *
 * <p>A thread of the signal's own publishes it, one event at a time and in the order of arrival. A listener may block;
 * further events wait. What a listener throws is logged.
 *
 * @param event with the sender as the signal handler captured it ({@link io.heliograph.Delivery#withSender()})
 */
public record SignalReceived(SignalEvent event) {
    /** {@return the signal that arrived} */
    public Signal signal() {
        return event.signal();
    }
}
