package io.heliograph.spring;

import io.heliograph.SignalEvent;

/**
 * The application event of a signal with {@code heliograph.signals.NAME=reload}, after its {@link SignalReceived} and
 * on the same thread. Listeners read anew what they want to: Spring Boot itself reloads nothing. With Spring Cloud a
 * listener may call {@code ContextRefresher.refresh()}.
 *
 * @param event the signal that asked for it
 */
public record ReloadRequested(SignalEvent event) {}
