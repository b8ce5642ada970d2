package io.heliograph.programs.signals;

import io.heliograph.Delivery;
import io.heliograph.Signal;
import io.heliograph.Signals;
import io.heliograph.programs.Talk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;

/**
 * Keeps one thread busy, without and then with something on a signal, and tells how many samples JFR took of it and how often
 * the signal reached what was put on it: {@code samples without=… with=… got=…}. Each of the two goes on until JFR has taken
 * {@link #ENOUGH} samples, or has sent so many signals, or for as many recordings as the last argument allows. Arguments: the
 * event, the signal, what is put on it (catch, observe, ignore, sun-misc), whether "before" or "after" a recording starts, and
 * how many recordings.
 */
public final class JfrSampling {
    public static final int ENOUGH = 30;

    private static final long BUSY_MILLIS = 500;
    private static final AtomicLong GOT = new AtomicLong();
    private static volatile long sink;

    private JfrSampling() {}

    public static void main(String[] args) throws Exception {
        String event = args[0];
        Supplier<AutoCloseable> put = () -> put(Signal.of(args[1]), args[2]);
        int recordings = Integer.parseInt(args[4]);
        long without = sample(event, recordings, () -> () -> {});
        long with;
        if (args[3].equals("before")) {
            try (AutoCloseable registration = put.get()) {
                with = sample(event, recordings, () -> () -> {});
            }
        } else {
            with = sample(event, recordings, put);
        }
        Talk.say("samples without=" + without + " with=" + with + " got=" + GOT.get());
        Talk.hear("end");
    }

    private static long sample(String event, int recordings, Supplier<AutoCloseable> put) throws Exception {
        long samples = 0;
        for (int i = 0; i < recordings && samples < ENOUGH && GOT.get() < ENOUGH; i++) {
            samples += sample(event, put);
        }
        return samples;
    }

    private static AutoCloseable put(Signal signal, String what) {
        return switch (what) {
            case "catch" -> Signals.on(signal, seen -> GOT.incrementAndGet(), Delivery.inline());
            case "observe" -> Signals.observe(signal, seen -> GOT.incrementAndGet(), Delivery.inline());
            case "ignore" -> Signals.ignore(signal);
            case "sun-misc" -> sunMisc(signal);
            default -> throw new IllegalArgumentException(what);
        };
    }

    private static AutoCloseable sunMisc(Signal signal) {
        sun.misc.Signal its = new sun.misc.Signal(signal.name());
        sun.misc.SignalHandler before = sun.misc.Signal.handle(its, seen -> GOT.incrementAndGet());
        return () -> sun.misc.Signal.handle(its, before);
    }

    private static long sample(String event, Supplier<AutoCloseable> put) throws Exception {
        Path file = Files.createTempFile("heliograph-test", ".jfr");
        try (Recording recording = new Recording()) {
            settings(recording, event);
            recording.start();
            try (AutoCloseable registration = put.get()) {
                busy();
            }
            recording.stop();
            recording.dump(file);
            return count(file, event);
        } finally {
            Files.delete(file);
        }
    }

    private static void settings(Recording recording, String event) {
        if (event.equals("jdk.CPUTimeSample")) {
            recording.enable(event).with("throttle", "10ms");
        } else {
            recording.enable(event).withPeriod(Duration.ofMillis(10));
        }
    }

    private static long count(Path file, String event) throws IOException {
        return RecordingFile.readAllEvents(file).stream()
                .filter(seen -> seen.getEventType().getName().equals(event))
                .count();
    }

    private static void busy() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BUSY_MILLIS);
        long sum = 0;
        while (System.nanoTime() - end < 0) {
            for (int i = 0; i < 1000; i++) {
                sum = sum * 31 + i;
            }
        }
        sink = sum;
    }
}
