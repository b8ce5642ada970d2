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
 * The machine and the time of a run. A field is "unknown" if the kernel does not give it.
 *
 * @param governor the kernel's policy for the processors' frequency
 * @param load the load average of the minute before the run
 * @param others how many cores other processes kept busy during the run, on average
 */
public record Machine(
        String processor,
        int cores,
        String kernel,
        String governor,
        String jdk,
        String begin,
        String end,
        String load,
        String others) {
    private static final String UNKNOWN = "unknown";

    /** More work of others than this share of the cores makes the figures doubtful. */
    private static final double BUSY = 0.25;

    /** What is noted as a run begins. */
    public static final class Begin {
        private final String time = time();
        private final String load = first("/proc/loadavg", "").replaceAll(" .*", "");
        private final Optional<Processors> processors = Processors.now();

        /** The machine, as the run ends. */
        public Machine end() {
            int cores = Runtime.getRuntime().availableProcessors();
            String others = processors
                    .flatMap(before -> Processors.now().map(now -> now.others(before, cores)))
                    .map(found -> String.format(Locale.ROOT, "%.2f", found))
                    .orElse(UNKNOWN);
            return new Machine(
                    first("/proc/cpuinfo", "model name").replaceAll("model name\\s*:\\s*", ""),
                    cores,
                    System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                            + System.getProperty("os.arch"),
                    first("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", ""),
                    System.getProperty("java.vm.name") + " " + Runtime.version() + ", "
                            + System.getProperty("java.vendor"),
                    time,
                    time(),
                    load,
                    others);
        }
    }

    boolean wasBusy() {
        return isBusy(load) || isBusy(others);
    }

    private boolean isBusy(String work) {
        return !work.equals(UNKNOWN) && Double.parseDouble(work) > BUSY * cores;
    }

    /** The first line of a file that begins so. */
    private static String first(String file, String prefix) {
        try {
            return Files.readAllLines(Path.of(file), StandardCharsets.UTF_8).stream()
                    .filter(line -> line.startsWith(prefix))
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
