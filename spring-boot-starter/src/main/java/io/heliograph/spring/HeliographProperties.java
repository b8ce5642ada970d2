package io.heliograph.spring;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code heliograph.…}. A wrong signal or word stops the start with a message that names the property.
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
        @DefaultValue Map<String, String> signals) {}
