package io.heliograph.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heliograph.Disposition.Asked;
import io.heliograph.Disposition.Registered;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.Signals;
import io.heliograph.micrometer.SignalMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;

/** The auto-configuration in contexts of this JVM. StarterIT of the example has it in a process of its own. */
class StarterTest {
    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(HeliographAutoConfiguration.class));

    @ParameterizedTest
    @CsvSource({"event, OBSERVE", "catch, CATCH", "reload, CATCH", "Thread-Dump, CATCH", "ignore, IGNORE"})
    void aWordIsARegistrationUntilTheContextCloses(String word, Asked asked) {
        runner.withPropertyValues("heliograph.signals.sigwinch=" + word)
                .run(context -> assertThat(asked(Signal.WINCH)).containsExactly(asked));
        assertThat(asked(Signal.WINCH)).isEmpty();
        assertThat(asked(Signal.TERM)).isEmpty();
    }

    @Test
    void aReloadIsAskedForAfterTheSignalWasTold() {
        runner.withPropertyValues("heliograph.signals.[RTMIN+3]=reload")
                .withBean(Listener.class)
                .run(context -> {
                    Signals.send(ProcessHandle.current().pid(), Signal.realTime(3), 42);
                    BlockingQueue<Object> told = context.getBean(Listener.class).told;
                    SignalReceived received = (SignalReceived) told.poll(60, TimeUnit.SECONDS);
                    assertThat(received.event())
                            .isInstanceOfSatisfying(
                                    SignalEvent.Queued.class,
                                    queued -> assertThat(queued.value()).isEqualTo(42));
                    assertThat(told.poll(60, TimeUnit.SECONDS)).isEqualTo(new ReloadRequested(received.event()));
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kill=event | heliograph.signals.kill=event: KILL ",
                "hupp=event | heliograph.signals.hupp=event: hupp is no signal: did you mean HUP?",
                "hup=caught | heliograph.signals.hup=caught: \"caught\" is no action: write event, catch, reload, "
                        + "thread-dump, ignore"
            })
    void aWrongPropertyIsNamedWithWhatWouldBeRight(String property, String description) {
        runner.withPropertyValues("heliograph.signals." + property).run(context -> {
            assertThat(context).hasFailed();
            assertThat(new SignalPropertyFailureAnalyzer()
                            .analyze(context.getStartupFailure())
                            .getDescription())
                    .startsWith(description)
                    .doesNotContain("\n");
        });
    }

    @Test
    void anIgnoredSignalStaysIgnoredBesideTheMeters() {
        runner.withPropertyValues("heliograph.signals.hup=ignore", "heliograph.signals.usr1=catch")
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .run(context -> {
                    MeterRegistry registry = context.getBean(MeterRegistry.class);
                    context.getBean(SignalMetrics.class).bindTo(registry);
                    assertThat(registry.find("heliograph.signals.delay").timers())
                            .extracting(timer -> timer.getId().getTag("signal"))
                            .containsExactlyInAnyOrder("INT", "TERM", "USR1");
                    assertThat(asked(Signal.HUP)).containsExactly(Asked.IGNORE);
                });
    }

    @Test
    void theEndpointIsThereIfItIsExposed() {
        runner.run(context -> assertThat(context).doesNotHaveBean(SignalsEndpoint.class));
        runner.withPropertyValues("management.endpoints.web.exposure.include=signals")
                .run(context -> assertThat(context).hasSingleBean(SignalsEndpoint.class));
    }

    @Test
    void actuatorAndMicrometerAreOptional() {
        runner.withClassLoader(new FilteredClassLoader(
                        "org.springframework.boot.actuate", "io.micrometer", "io.heliograph.micrometer"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(SignalPublisher.class));
    }

    @Test
    void itCanBeSwitchedOff() {
        runner.withPropertyValues("heliograph.log-shutdown=false").run(context -> {
            assertThat(context).doesNotHaveBean(ShutdownLog.class).hasSingleBean(SignalPublisher.class);
            assertThat(asked(Signal.TERM)).isEmpty();
        });
        runner.withPropertyValues("heliograph.enabled=false", "heliograph.signals.winch=catch")
                .run(context -> assertThat(asked(Signal.WINCH)).isEmpty());
    }

    @Test
    void editorsOfferTheWordsThatThereAre() throws Exception {
        try (InputStream in =
                HeliographProperties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            JsonNode metadata = new ObjectMapper().readTree(in);
            assertThat(metadata.findValuesAsText("name")).contains("heliograph.enabled", "heliograph.signals");
            JsonNode hints = metadata.get("hints");
            JsonNode values = hints.get(0).get("name").asText().endsWith(".values") ? hints.get(0) : hints.get(1);
            assertThat(values.findValuesAsText("value"))
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(SignalAction.values())
                            .map(SignalAction::word)
                            .toList());
        }
    }

    private static List<Asked> asked(Signal signal) {
        return Signals.dispositions().get(signal).registered().stream()
                .map(Registered::asked)
                .toList();
    }

    static class Listener {
        final BlockingQueue<Object> told = new LinkedBlockingQueue<>();

        @EventListener
        void on(SignalReceived event) {
            told.add(event);
        }

        @EventListener
        void on(ReloadRequested event) {
            told.add(event);
        }
    }
}
