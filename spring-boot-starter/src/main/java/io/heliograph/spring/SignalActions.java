package io.heliograph.spring;

import io.heliograph.Delivery;
import io.heliograph.Signal;
import io.heliograph.Signals;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** The actions that the properties {@code heliograph.signals} name. Without the native library there are none. */
record SignalActions(SortedMap<Signal, SignalAction> bySignal) {
    /** Fails for a property that cannot be carried out. Spring Boot then names the property, and prints no stack trace. */
    static SignalActions of(Map<String, String> properties) {
        SortedMap<Signal, SignalAction> actions = new TreeMap<>();
        if (Signals.isAvailable()) {
            Map<Signal, String> keys = new HashMap<>();
            properties.forEach((key, word) -> {
                try {
                    Signal signal = signal(key);
                    actions.put(signal, SignalAction.of(word));
                    String other = keys.put(signal, key);
                    if (other != null) {
                        throw new IllegalArgumentException(
                                "the property " + other + " is for " + signal + ", too: keep one of them");
                    }
                } catch (IllegalArgumentException wrong) {
                    throw invalid(key, word, wrong);
                }
            });
        }
        return new SignalActions(actions);
    }

    private static Signal signal(String key) {
        // Spring Boot's relaxed binding takes the + out of rtmin+3.
        Signal signal = Signal.of(key.replaceFirst("(?i)(rtmin)([0-9])", "$1+$2"));
        // Asks whether it can be caught. Otherwise the meters would fail, and name no property.
        Signals.observe(signal, event -> {}, Delivery.inline()).close();
        return signal;
    }

    /** Spring Boot finds a property by its canonical name, and says where it stands. */
    private static InvalidConfigurationPropertyValueException invalid(
            String key, String word, IllegalArgumentException reason) {
        String name = key.matches("[A-Za-z0-9-]+") ? "." + key.toLowerCase(Locale.ROOT) : "[" + key + "]";
        return new InvalidConfigurationPropertyValueException(
                "heliograph.signals" + name, word, String.valueOf(reason.getMessage()));
    }
}
