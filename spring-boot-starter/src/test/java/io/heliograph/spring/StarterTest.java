package io.heliograph.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heliograph.Ancestor;
import io.heliograph.Disposition.Asked;
import io.heliograph.Disposition.Registered;
import io.heliograph.Sender;
import io.heliograph.SenderDetails;
import io.heliograph.SenderIdentity;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.Signals;
import io.heliograph.micrometer.SignalMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The auto-configuration in contexts of this JVM. StarterIT of the example has it in a process of its own. */
@ExtendWith(OutputCaptureExtension.class)
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
                "kill=event | kill | KILL can't be caught, observed or ignored: ",
                "hupp=event | hupp | hupp is no signal: did you mean HUP?",
                "HUP=caught | hup | \"caught\" is no action: write event, catch, reload, thread-dump, ignore",
                "hup= | hup | \"\" is no action: write "
            })
    void aWrongPropertyIsNamedWithWhatWouldBeRight(String property, String name, String reason) {
        runner.withPropertyValues("heliograph.signals." + property)
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .run(context -> {
                    assertThat(invalid(context).getName()).isEqualTo("heliograph.signals." + name);
                    assertThat(invalid(context).getReason()).startsWith(reason).doesNotContain("\n");
                });
    }

    @Test
    void aSignalHasOneProperty() {
        runner.withPropertyValues("heliograph.signals.hup=event", "heliograph.signals.sighup=reload")
                .run(context -> assertThat(invalid(context).getReason())
                        .isEqualTo("the property hup is for HUP, too: keep one of them"));
    }

    @ParameterizedTest
    @CsvSource({
        "heliograph.signals.rtmin+3, RTMIN+3",
        "heliograph.signals.[RTMIN+3], RTMIN+3",
        "heliograph.signals.SIGRTMAX-1, RTMAX-1",
        "heliograph.signals.[rtmin], RTMIN",
        "heliograph.signals.28, WINCH",
        "HELIOGRAPH_SIGNALS_WINCH, WINCH",
        "HELIOGRAPH_SIGNALS_RTMIN3, RTMIN+3"
    })
    void aNameMayBeWrittenInEveryWayOfSpringBoot(String property, String signal) {
        MapPropertySource source = property.startsWith("HELIOGRAPH")
                ? new SystemEnvironmentPropertySource("test-systemEnvironment", Map.of(property, "THREAD_DUMP"))
                : new MapPropertySource("test", Map.of(property, "threadDump"));
        runner.withInitializer(
                        context -> context.getEnvironment().getPropertySources().addFirst(source))
                .run(context -> assertThat(asked(Signal.of(signal))).containsExactly(Asked.CATCH));
    }

    @Test
    void aContextThatFailsToStartLeavesNoRegistration() {
        runner.withPropertyValues("heliograph.signals.winch=catch")
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean(FailingLifecycle.class)
                .run(context -> {
                    assertThat(context).hasFailed();
                    assertThat(asked(Signal.WINCH)).isEmpty();
                    assertThat(asked(Signal.TERM)).isEmpty();
                });
    }

    @Test
    void aContextThatIsStoppedAndStartedHasOneRegistration() {
        runner.withPropertyValues("heliograph.signals.winch=catch").run(context -> {
            context.getSourceApplicationContext().stop();
            assertThat(asked(Signal.WINCH)).isEmpty();
            context.getSourceApplicationContext().start();
            assertThat(asked(Signal.WINCH)).containsExactly(Asked.CATCH);
        });
    }

    /** As while the web server drains. */
    @Test
    void aSignalThatComesWhileOtherBeansStopHasItsEvent() {
        runner.withPropertyValues("heliograph.signals.winch=catch")
                .withBean(Listener.class)
                .withBean(Draining.class)
                .run(context -> {
                    Draining draining = context.getBean(Draining.class);
                    context.close();
                    assertThat(draining.last).isInstanceOf(SignalReceived.class);
                });
    }

    @Test
    void aClosedContextLeavesNoThread() throws InterruptedException {
        runner.withPropertyValues("heliograph.signals.winch=catch")
                .run(context -> assertThat(threads()).isNotEmpty());
        for (Thread thread : threads()) {
            thread.join(TimeUnit.SECONDS.toMillis(60));
        }
        assertThat(threads()).isEmpty();
    }

    @Test
    void aLazyApplicationHasItsRegistrationsFromTheStart() {
        runner.withPropertyValues("heliograph.signals.winch=catch")
                .withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .run(context -> {
                    assertThat(asked(Signal.WINCH)).containsExactly(Asked.CATCH);
                    assertThat(asked(Signal.TERM)).containsExactly(Asked.OBSERVE);
                });
    }

    @Test
    void aListenerThatFailsIsLoggedAndKeepsNoReloadFromBeingRequested(CapturedOutput output) {
        runner.withPropertyValues("heliograph.signals.winch=reload")
                .withBean(FailingListener.class)
                .run(context -> {
                    Signals.raise(Signal.WINCH);
                    assertThat(context.getBean(FailingListener.class).told.poll(60, TimeUnit.SECONDS))
                            .isInstanceOf(ReloadRequested.class);
                    assertThat(output)
                            .contains("heliograph.signals.WINCH=reload failed")
                            .contains("java.lang.AssertionError: of the listener");
                });
    }

    /** HUP=reload of the agent, for one, and an end for another reason an hour later. */
    @Test
    void anEndIsPutDownToNoSignalOfLongAgo(CapturedOutput output) {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
                ShutdownLog log = new ShutdownLog(context, List.of())) {
            SignalEvent.FromKernel old =
                    new SignalEvent.FromKernel(Signal.HUP, System.nanoTime() - TimeUnit.MINUTES.toNanos(2), 1, 0);
            log.note(old);
            log.onApplicationEvent(new ContextClosedEvent(context));
            assertThat(output).doesNotContain("Shutting down");
            log.note(new SignalEvent.FromKernel(Signal.TERM, System.nanoTime(), 2, 0));
            log.onApplicationEvent(new ContextClosedEvent(context));
            assertThat(output).contains("Shutting down: TERM from the kernel or the terminal, ");
        }
    }

    @Test
    void aProcessCannotForgeTheLineByItsName() {
        SenderDetails details = new SenderDetails() {
            @Override
            public SenderIdentity identity() {
                return new SenderIdentity(
                        SenderIdentity.Look.ON_ARRIVAL,
                        false,
                        Optional.of("a\", uid 0\n\u001b"),
                        List.of(),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
            }

            @Override
            public List<Ancestor> ancestors() {
                return List.of();
            }
        };
        Sender sender = Sender.of(Integer.MAX_VALUE, 4_000_000, false, details);
        assertThat(EventText.of(new SignalEvent.Sent(Signal.TERM, 0, 1, sender)))
                .isEqualTo("TERM from pid 2147483647, uid 4000000, command \"a?, uid 0??\"");
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
            assertThat(hint(metadata, "keys").get("providers").findValuesAsText("name"))
                    .containsExactly("any");
            assertThat(hint(metadata, "keys").findValuesAsText("value"))
                    .allSatisfy(key -> assertThat(Signal.of(key)).isNotNull());
            assertThat(hint(metadata, "values").findValuesAsText("value"))
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(SignalAction.values())
                            .map(SignalAction::word)
                            .toList());
        }
    }

    private static JsonNode hint(JsonNode metadata, String of) {
        return StreamSupport.stream(metadata.get("hints").spliterator(), false)
                .filter(hint -> hint.get("name").asText().equals("heliograph.signals." + of))
                .findAny()
                .orElseThrow();
    }

    private static InvalidConfigurationPropertyValueException invalid(AssertableApplicationContext context) {
        Throwable failure = context.getStartupFailure();
        while (!(failure instanceof InvalidConfigurationPropertyValueException invalid)) {
            assertThat(failure).isNotNull();
            failure = failure.getCause();
        }
        return invalid;
    }

    private static List<Asked> asked(Signal signal) {
        return Signals.dispositions().get(signal).registered().stream()
                .map(Registered::asked)
                .toList();
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("heliograph-WINCH"))
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

    static class FailingListener {
        final BlockingQueue<Object> told = new LinkedBlockingQueue<>();

        @EventListener
        void on(SignalReceived event) {
            throw new AssertionError("of the listener");
        }

        @EventListener
        void on(ReloadRequested event) {
            told.add(event);
        }
    }

    /** Raises a signal when it stops, and takes its event. */
    static class Draining implements SmartLifecycle {
        private final Listener listener;
        private boolean running;
        volatile @Nullable Object last;

        Draining(Listener listener) {
            this.listener = listener;
        }

        @Override
        public void start() {
            running = true;
        }

        @Override
        public void stop() {
            running = false;
            Signals.raise(Signal.WINCH);
            try {
                last = listener.told.poll(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public int getPhase() {
            return Integer.MAX_VALUE - 1024; // the web server's
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }

    /** As a web server whose port is taken. */
    static class FailingLifecycle implements SmartLifecycle {
        @Override
        public void start() {
            throw new IllegalStateException("of the bean");
        }

        @Override
        public void stop() {}

        @Override
        public boolean isRunning() {
            return false;
        }
    }
}
