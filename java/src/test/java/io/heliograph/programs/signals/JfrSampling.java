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
 * Keeps one thread busy, in turns without and with something on a signal, and tells how many samples JFR took of it in
 * each: {@code samples without=… with=… got=…}. Arguments: the event, the signal, what is put on it (catch, observe,
 * ignore, sun-misc), whether "before" or "after" the recording starts, how many turns, milliseconds for each.
 */
public final class JfrSampling {
    private static final AtomicLong GOT = new AtomicLong();
    private static volatile long sink;

    private JfrSampling() {}

    public static void main(String[] args) throws Exception {
        String event = args[0];
        Supplier<AutoCloseable> put = () -> put(Signal.of(args[1]), args[2]);
        long millis = Long.parseLong(args[5]);
        sample(event, millis, () -> () -> {}); // the first recording takes long to start
        long without = 0;
        long with = 0;
        for (int turn = 0; turn < Integer.parseInt(args[4]); turn++) {
            boolean isFirst =
                    turn % 2 == 0; // in turns, so that a machine that others load more and more is the same for both
            without += isFirst ? sample(event, millis, () -> () -> {}) : 0;
            if (args[3].equals("before")) {
                try (AutoCloseable registration = put.get()) {
                    with += sample(event, millis, () -> () -> {});
                }
            } else {
                with += sample(event, millis, put);
            }
            without += isFirst ? 0 : sample(event, millis, () -> () -> {});
        }
        Talk.say("samples without=" + without + " with=" + with + " got=" + GOT.get());
        Talk.hear("end");
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

    private static long sample(String event, long millis, Supplier<AutoCloseable> put) throws Exception {
        Path file = Files.createTempFile("heliograph-test", ".jfr");
        try (Recording recording = new Recording()) {
            settings(recording, event);
            recording.start();
            try (AutoCloseable registration = put.get()) {
                busy(millis);
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

    private static void busy(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        long sum = 0;
        while (System.nanoTime() - end < 0) {
            for (int i = 0; i < 1000; i++) {
                sum = sum * 31 + i;
            }
        }
        sink = sum;
    }
}
