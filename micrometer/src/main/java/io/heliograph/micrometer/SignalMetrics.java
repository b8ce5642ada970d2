package io.heliograph.micrometer;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.heliograph.Delivery;
import io.heliograph.Disposition;
import io.heliograph.Disposition.By;
import io.heliograph.Disposition.Layer;
import io.heliograph.Ledger;
import io.heliograph.Registration;
import io.heliograph.Sender;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.Signals;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * Meters of signals. Each is tagged with {@code signal}, apart from {@code heliograph.signals.replaced}.
 *
 * <ul>
 *   <li>{@code heliograph.signals.arrived}, {@code .dispatched}, {@code .lost}: counters of {@link Ledger.Counts}
 *   <li>{@code heliograph.signals.observed}: a counter by {@code origin}, which is {@code this_process}, {@code
 *       other_process}, {@code outside} or {@code details_lost} ({@link Sender.Origin}), {@code kernel}, {@code child},
 *       {@code timer}, or {@code lost} ({@link SignalEvent.Lost})
 *   <li>{@code heliograph.signals.delay}: a timer from the arrival in the handler to a worker on the dispatcher's
 *       thread, with a percentile histogram from 1 µs to 10 s
 *   <li>{@code heliograph.signals.replaced}: a gauge of the signals of all registrations whose handler is no longer
 *       this library's, since other native code has set its own. {@link Disposition#table} names them
 * </ul>
 *
 * <p>{@link #bindTo} observes each signal with an inline worker ({@link Signals#observe(Signal,
 * io.heliograph.SignalWorker, Delivery)}). So a signal keeps its meaning: what ended the process still ends it, after
 * the worker has returned. An arrival costs the dispatcher a few microseconds. A scrape examines the dispositions once,
 * which reads a file of {@code /proc} for each thread. A signal that is ignored is not counted.
 *
 * <p>Without the native library {@link #bindTo} logs one warning and makes no meters. Any thread may call any method.
 */
public final class SignalMetrics implements MeterBinder, AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(SignalMetrics.class.getName());

    private final SortedSet<Signal> signals;
    private final Iterable<Tag> tags;
    /** Guarded by this. */
    private final Map<MeterRegistry, List<Registration>> registrations = new HashMap<>();

    /** Meters of the signals that the agent logs, too: HUP, INT, QUIT, TERM, USR1 and USR2. */
    public SignalMetrics() {
        this(usual());
    }

    /**
     * Meters of these signals.
     *
     * @param signals to observe; the constructor copies them
     */
    public SignalMetrics(Collection<Signal> signals) {
        this(signals, List.of());
    }

    /**
     * Meters of these signals, each with these tags besides its own.
     *
     * @param signals to observe; the constructor copies them
     * @param tags for every meter, such as the name of the application
     */
    public SignalMetrics(Collection<Signal> signals, Iterable<Tag> tags) {
        this.signals = new TreeSet<>(signals);
        this.tags = tags;
    }

    private static List<Signal> usual() {
        return Signals.isAvailable()
                ? List.of(Signal.HUP, Signal.INT, Signal.QUIT, Signal.TERM, Signal.USR1, Signal.USR2)
                : List.of();
    }

    /**
     * Makes the meters, and observes the signals until {@link #close}. Does nothing for a registry that this
     * object has bound. Two objects with the same signals count each arrival twice in one registry.
     *
     * @throws IllegalArgumentException for a signal that cannot be caught, such as KILL. Nothing is observed then
     */
    @Override
    public synchronized void bindTo(MeterRegistry registry) {
        if (!Signals.isAvailable()) {
            String why =
                    Signals.unavailabilityCause().map(Throwable::getMessage).orElse("");
            LOGGER.log(System.Logger.Level.WARNING, "no meters of signals: {0}", why);
            return;
        }
        if (registrations.containsKey(registry)) {
            return; // a second observer would count each arrival twice
        }
        List<Registration> made = new ArrayList<>();
        List<Timer> delays = new ArrayList<>();
        try {
            for (Signal signal : signals) {
                Timer delay = delay(registry, signal);
                delays.add(delay);
                made.add(observe(registry, signal, delay));
            }
        } catch (RuntimeException refused) {
            made.forEach(Registration::close);
            delays.forEach(registry::remove);
            throw refused;
        }
        registrations.put(registry, made);
        for (Signal signal : signals) {
            count(registry, signal, "arrived", "Arrivals that the signal handler took", Ledger.Counts::arrived);
            count(registry, signal, "dispatched", "Arrivals that went to every worker", Ledger.Counts::dispatched);
            count(registry, signal, "lost", "Arrivals whose details did not reach a worker", Ledger.Counts::lost);
        }
        Gauge.builder("heliograph.signals.replaced", SignalMetrics::replaced)
                .description("Signals whose handler other native code has replaced")
                .tags(tags)
                .register(registry);
    }

    /** Ends the observation. The meters stay, and show what the ledger counts. A second call does nothing. */
    @Override
    public synchronized void close() {
        registrations.values().forEach(made -> made.forEach(Registration::close));
        registrations.clear();
    }

    private void count(
            MeterRegistry registry,
            Signal signal,
            String name,
            String description,
            ToDoubleFunction<Ledger.Counts> count) {
        // The registry refers weakly to the object. A Signal is never collected.
        FunctionCounter.builder(
                        "heliograph.signals." + name,
                        signal,
                        counted -> count.applyAsDouble(Signals.ledger().of(counted)))
                .description(description)
                .tags(tags)
                .tag("signal", signal.name())
                .register(registry);
    }

    private Timer delay(MeterRegistry registry, Signal signal) {
        return Timer.builder("heliograph.signals.delay")
                .description("Time from the arrival in the signal handler to a worker")
                .tags(tags)
                .tag("signal", signal.name())
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofNanos(1_000))
                .maximumExpectedValue(Duration.ofSeconds(10))
                .register(registry);
    }

    private Registration observe(MeterRegistry registry, Signal signal, Timer delay) {
        MeterProvider<Counter> observed = Counter.builder("heliograph.signals.observed")
                .description("Arrivals by where they came from")
                .tags(tags)
                .tag("signal", signal.name())
                .withRegistry(registry);
        return Signals.observe(signal, event -> record(event, delay, observed), Delivery.inline());
    }

    private static void record(SignalEvent event, Timer delay, MeterProvider<Counter> observed) {
        long now = System.nanoTime();
        if (event instanceof SignalEvent.Lost lost) {
            observed.withTag("origin", "lost").increment((double) lost.count());
        } else {
            delay.record(now - event.arrivedAt(), NANOSECONDS);
            observed.withTag("origin", origin(event)).increment();
        }
    }

    private static String origin(SignalEvent event) {
        if (event instanceof SignalEvent.Sent sent) {
            return name(sent.sender());
        }
        if (event instanceof SignalEvent.Queued queued) {
            return name(queued.sender());
        }
        if (event instanceof SignalEvent.ChildChanged) {
            return "child";
        }
        return event instanceof SignalEvent.TimerExpired ? "timer" : "kernel";
    }

    private static String name(Sender sender) {
        return sender.origin().name().toLowerCase(Locale.ROOT);
    }

    private static long replaced() {
        return Signals.dispositions().values().stream()
                .filter(SignalMetrics::isReplaced)
                .count();
    }

    /** A handler above ours. The library's layer is missing where it leaves an observed signal ignored. */
    private static boolean isReplaced(Disposition disposition) {
        List<Layer> layers = disposition.layers();
        return !disposition.registered().isEmpty()
                && layers.size() > 1
                && layers.get(0).by() != By.HELIOGRAPH;
    }
}
