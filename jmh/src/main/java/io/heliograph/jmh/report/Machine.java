package io.heliograph.jmh.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * Where and when a run was made.
 *
 * @param governor how the kernel sets the processors' pace; "unknown" where it does not tell, as in most virtual machines
 * @param loadBefore the load average of the minute before the run
 * @param loadAfter of its last minute, which is mostly the run's own
 * @param others how many cores' worth of work others had while it ran; "unknown" where the kernel does not tell
 */
public record Machine(
        String processor,
        int cores,
        String kernel,
        String governor,
        String jdk,
        String begun,
        String end,
        String loadBefore,
        String loadAfter,
        String others) {
    private static final String UNKNOWN = "unknown";

    /** A fourth of the cores. */
    private static final double BUSY = 0.25;

    /** A machine as a run begins. */
    public record Begun(Machine machine, Optional<Processors> processors) {
        /** The same as the run ends. */
        public Machine atEnd() {
            return machine.atEnd(processors);
        }
    }

    /** The machine as a run begins. */
    public static Begun now() {
        String load = readLoad();
        String time = time();
        Machine machine = new Machine(
                readProcessor(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                        + System.getProperty("os.arch"),
                firstLine(Path.of("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")),
                System.getProperty("java.vm.name") + " " + Runtime.version() + ", " + System.getProperty("java.vendor"),
                time,
                time,
                load,
                load,
                UNKNOWN);
        return new Begun(machine, Processors.now());
    }

    private Machine atEnd(Optional<Processors> before) {
        String others = before.flatMap(begin -> Processors.now().map(end -> end.others(begin, cores)))
                .map(found -> String.format(Locale.ROOT, "%.2f", found))
                .orElse(UNKNOWN);
        return new Machine(processor, cores, kernel, governor, jdk, begun, time(), loadBefore, readLoad(), others);
    }

    /** Whether others had more to do than a fourth of the cores can, when it began or while it ran. */
    boolean wasBusy() {
        return isBusy(loadBefore) || isBusy(others);
    }

    private boolean isBusy(String load) {
        try {
            return Double.parseDouble(load) > BUSY * cores;
        } catch (NumberFormatException unknown) {
            return false;
        }
    }

    private static String readProcessor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo"), StandardCharsets.UTF_8).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(UNKNOWN);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    private static String readLoad() {
        String line = firstLine(Path.of("/proc/loadavg"));
        int space = line.indexOf(' ');
        return space < 0 ? line : line.substring(0, space);
    }

    private static String firstLine(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                    .findFirst()
                    .orElse(UNKNOWN);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    private static String time() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
