package io.heliograph.spring;

import io.heliograph.Signal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The properties {@code heliograph.…}. Spring Boot binds them on the thread that starts the application, before it
 * creates the beans that read them. A signal or a word that it does not know stops the start, and a line names the
 * property.
 */
@ConfigurationProperties("heliograph")
public class HeliographProperties {
    /** Whether signals are registered at all. */
    private boolean enabled = true;

    /** Whether a line names the sender of the signal that ends the application. */
    private boolean logShutdown = true;

    /** What each signal does: event, catch, reload, thread-dump or ignore. A signal is written hup, sighup or 1. */
    private final Map<String, String> signals = new LinkedHashMap<>();

    /** {@return whether signals are registered at all: true by default} */
    public boolean isEnabled() {
        return enabled;
    }

    /**
     * Binds {@code heliograph.enabled}.
     *
     * @param enabled whether signals are registered at all
     */
    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    /** {@return whether a line names the sender of the signal that ends the application: true by default} */
    public boolean isLogShutdown() {
        return logShutdown;
    }

    /**
     * Binds {@code heliograph.log-shutdown}.
     *
     * @param logShutdown whether a line names the sender of the signal that ends the application
     */
    public void setLogShutdown(boolean logShutdown) {
        this.logShutdown = logShutdown;
    }

    /** {@return the action of each signal by its name, as written; Spring Boot binds {@code heliograph.signals}} */
    public Map<String, String> getSignals() {
        return signals;
    }

    /** The actions by signal. It needs the native library. */
    SortedMap<Signal, SignalAction> actions() {
        SortedMap<Signal, SignalAction> actions = new TreeMap<>();
        signals.forEach((name, word) -> {
            try {
                actions.put(Signal.of(name), SignalAction.of(word));
            } catch (IllegalArgumentException wrong) {
                throw new SignalPropertyException(name, word, wrong);
            }
        });
        return actions;
    }
}
