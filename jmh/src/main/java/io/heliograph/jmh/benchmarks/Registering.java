package io.heliograph.jmh.benchmarks;

import io.heliograph.Delivery;
import io.heliograph.Signals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A worker is registered, and its registration closed again, while no signal is on its way.
 *
 * <p>That of sun.misc is the plain JDK's: our library, which wraps what the JDK calls for it once it is loaded, is not in
 * that JVM. So it is not raise() of ours that verifies, but a signal of another process, for all of them alike.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Registering {
    /** By its name, for a Signal of ours loads the library. */
    private static final String SIGNAL = "USR1";

    @Param({"nothing", "sun.misc", "inline-blocking", "own-thread-blocking"})
    public String contender;

    private Opening opening;

    /** A registration that {@code close} takes away. */
    private interface Opening {
        AutoCloseable open();
    }

    @Setup
    public void choose() throws Exception {
        opening = opening(contender);
        verify();
    }

    private static Opening opening(String contender) {
        return switch (contender) {
            case "nothing" -> () -> () -> {};
            case "sun.misc" -> () -> new SunMisc(SIGNAL, Tally::noteHandled);
            default -> {
                Way.setWait(contender);
                Delivery delivery = contender.startsWith("inline") ? Delivery.inline() : Delivery.ownThread();
                yield () -> Signals.on(Way.SIGNAL, event -> Tally.noteHandled(), delivery);
            }
        };
    }

    @Benchmark
    public void registerAndClose() throws Exception {
        opening.open().close();
    }

    /** That the signal is caught while there is a registration, that it reaches the worker, and neither afterwards. */
    @TearDown
    public void verify() throws Exception {
        if (contender.equals("nothing")) {
            return;
        }
        Tally.reset();
        if (contender.equals("sun.misc")) {
            requirePlainJdk();
        }
        requireCaught(false);
        try (AutoCloseable registered = opening.open()) {
            requireCaught(true);
            Tally.noteRaised();
            sendFromOutside();
            Tally.awaitHandled();
        }
        requireCaught(false);
        Tally.verify();
    }

    private static void sendFromOutside() throws IOException, InterruptedException {
        String self = Long.toString(ProcessHandle.current().pid());
        Process kill = new ProcessBuilder("sh", "-c", "kill -s \"$0\" \"$1\"", SIGNAL, self)
                .inheritIO()
                .start();
        int status = kill.waitFor();
        if (status != 0) {
            throw new IOException("kill ended with status " + status);
        }
    }

    private static void requirePlainJdk() throws IOException {
        if (Files.readString(Path.of("/proc/self/maps")).contains("libheliograph")) {
            throw new IllegalStateException("libheliograph is loaded: it would be in the way that is measured");
        }
    }

    private static void requireCaught(boolean expected) throws IOException {
        String caught = Files.readAllLines(Path.of("/proc/self/status"), StandardCharsets.UTF_8).stream()
                .filter(line -> line.startsWith("SigCgt:"))
                .map(line -> line.substring("SigCgt:".length()).strip())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("/proc/self/status has no SigCgt"));
        boolean isCaught = (Long.parseUnsignedLong(caught, 16) >>> (SunMisc.number(SIGNAL) - 1) & 1) != 0;
        if (isCaught != expected) {
            throw new IllegalStateException(SIGNAL + (isCaught ? " is still caught" : " is not caught"));
        }
    }
}
