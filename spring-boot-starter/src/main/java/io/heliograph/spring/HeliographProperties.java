package io.heliograph.spring;

import io.heliograph.Delivery;
import io.heliograph.Signal;
import io.heliograph.Signals;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * The properties {@code heliograph.…}. Spring Boot binds them on the thread that starts the application, before it
 * creates the beans that read them. A signal or a word that it does not know stops the start, and a message names the
 * property.
 *
 * @param enabled Whether signals are registered at all.
 * @param logShutdown Whether a line names the sender of the signal that ends the application.
 * @param signals What each signal does: event, catch, reload, thread-dump or ignore. A signal is written hup, sighup, 1
 *     or rtmin+3.
 */
@ConfigurationProperties("heliograph")
public record HeliographProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("true") boolean logShutdown,
        @DefaultValue Map<String, String> signals) {

    /** The actions by signal. It needs the native library. */
    SortedMap<Signal, SignalAction> actions() {
        SortedMap<Signal, SignalAction> actions = new TreeMap<>();
        signals.forEach((key, word) -> {
            try {
                // Spring Boot's relaxed binding takes the + out of rtmin+3.
                Signal signal = Signal.of(key.replaceFirst("(?i)(rtmin)([0-9])", "$1+$2"));
                // Asks whether it can be caught. Otherwise the meters would fail, and name no property.
                Signals.observe(signal, event -> {}, Delivery.inline()).close();
                if (actions.put(signal, SignalAction.of(word)) != null) {
                    throw new IllegalArgumentException("another property is for " + signal + ", too: keep one");
                }
            } catch (IllegalArgumentException wrong) {
                throw invalid(key, word, wrong);
            }
        });
        return actions;
    }

    /** Spring Boot says where the property stands, and prints no stack trace. It finds it by its canonical name. */
    private static InvalidConfigurationPropertyValueException invalid(
            String key, String word, IllegalArgumentException reason) {
        String name = key.matches("[A-Za-z0-9]+") ? "." + key.toLowerCase(Locale.ROOT) : "[" + key + "]";
        return new InvalidConfigurationPropertyValueException(
                "heliograph.signals" + name, word, String.valueOf(reason.getMessage()));
    }
}
