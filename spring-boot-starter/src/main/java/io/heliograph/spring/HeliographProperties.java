package io.heliograph.spring;

import io.heliograph.Signal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** The properties {@code heliograph.…}. */
@ConfigurationProperties("heliograph")
public class HeliographProperties {
    /** Whether signals are registered at all. */
    private boolean enabled = true;

    /** Whether a line names the sender of the signal that ends the application. */
    private boolean logShutdown = true;

    /** What each signal does: event, catch, reload, thread-dump or ignore. A signal is written hup, sighup or 1. */
    private final Map<String, String> signals = new LinkedHashMap<>();

    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public boolean isLogShutdown() {
        return logShutdown;
    }

    public void setLogShutdown(boolean logShutdown) {
        this.logShutdown = logShutdown;
    }

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
