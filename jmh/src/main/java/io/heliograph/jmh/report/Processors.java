package io.heliograph.jmh.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The processors' time since boot, in ticks of proc(5). Unlike a load average, it tells our work from that of others.
 *
 * @param busy the time that was used, also by other virtual machines
 * @param own the time of this process and its ended children
 */
record Processors(long all, long busy, long own) {
    /** Empty if the kernel does not give it. */
    static Optional<Processors> now() {
        try {
            return Optional.of(of(
                    Files.readString(Path.of("/proc/stat"), StandardCharsets.UTF_8),
                    Files.readString(Path.of("/proc/self/stat"), StandardCharsets.ISO_8859_1)));
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    static Processors of(String machine, String self) {
        // user, nice, system, idle, iowait, irq, softirq, steal; guests are counted in the first two.
        long[] ticks = numbers(machine.substring(machine.indexOf(' ')), 0, 8);
        long all = Arrays.stream(ticks).sum();
        // utime, stime, cutime, cstime; the name before may contain blanks and parentheses.
        long[] own = numbers(self.substring(self.lastIndexOf(')') + 1), 11, 15);
        return new Processors(all, all - ticks[3] - ticks[4], Arrays.stream(own).sum());
    }

    /** How many processors other processes kept busy since then, on average. */
    double others(Processors since, int cores) {
        long passed = all - since.all;
        long others = busy - since.busy - (own - since.own);
        return passed <= 0 ? 0 : Math.max(0, (double) others / passed * cores);
    }

    private static long[] numbers(String text, int from, int to) {
        return Arrays.stream(text.strip().split("\\s+"), from, to)
                .mapToLong(Long::parseLong)
                .toArray();
    }
}
