package io.heliograph.spring;

import io.heliograph.Signal;
import io.heliograph.micrometer.SignalMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * Signals in a Spring Boot application. Without the native library a warning says why, and nothing else happens.
 *
 * <p>Beside the agent in the same JVM, both use the classes of the agent's jar, which is on the class path of the
 * system: a fat jar's class loader asks its parent first.
 */
@AutoConfiguration(
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnBooleanProperty(name = "heliograph.enabled", matchIfMissing = true)
@EnableConfigurationProperties(HeliographProperties.class)
public final class HeliographAutoConfiguration {
    HeliographAutoConfiguration() {}

    @Bean
    SignalActions heliographSignalActions(HeliographProperties properties) {
        return SignalActions.of(properties.signals());
    }

    @Bean
    SignalPublisher heliographSignalPublisher(SignalActions actions, ApplicationContext context) {
        return new SignalPublisher(actions, context);
    }

    /** The signals that end a JVM unless a property says otherwise. */
    private static List<Signal> ending() {
        return List.of(Signal.HUP, Signal.INT, Signal.TERM);
    }

    @Configuration(proxyBeanMethods = false)
    @Conditional(OnLibraryCondition.class)
    @ConditionalOnBooleanProperty(name = "heliograph.log-shutdown", matchIfMissing = true)
    static class OfShutdown {
        /** Nothing needs it before the end, so a lazy application would make it too late. */
        @Bean
        @Lazy(false)
        ShutdownLog heliographShutdownLog(SignalActions actions, ApplicationContext context) {
            List<Signal> signals = new ArrayList<>(ending());
            signals.removeIf(
                    signal -> actions.bySignal().getOrDefault(signal, SignalAction.EVENT) != SignalAction.EVENT);
            return new ShutdownLog(context, signals);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Conditional(OnLibraryCondition.class)
    @ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
    static class OfEndpoint {
        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnAvailableEndpoint
        SignalsEndpoint heliographSignalsEndpoint() {
            return new SignalsEndpoint();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Conditional(OnLibraryCondition.class)
    @ConditionalOnClass({MeterRegistry.class, SignalMetrics.class})
    @ConditionalOnBean(MeterRegistry.class)
    static class OfMeters {
        /** Of the signals that end a JVM and those of the properties. An observer would take an ignored one. */
        @Bean
        @ConditionalOnMissingBean
        SignalMetrics heliographSignalMetrics(SignalActions actions) {
            Set<Signal> signals = new TreeSet<>(ending());
            actions.bySignal().forEach((signal, action) -> {
                if (action == SignalAction.IGNORE) {
                    signals.remove(signal);
                } else {
                    signals.add(signal);
                }
            });
            return new SignalMetrics(signals);
        }
    }
}
