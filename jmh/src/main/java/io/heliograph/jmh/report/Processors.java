package io.heliograph.jmh.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the machine's processors have done so far, in the kernel's ticks: a load average cannot tell what was ours.
 *
 * @param all ticks of all processors, busy or not
 * @param busy those that somebody had, another virtual machine on the same processors included
 * @param own those of this process, and of its children that have ended
 */
record Processors(long all, long busy, long own) {
    private static final int IDLE = 3;
    private static final int WAITING = 4;
    /** User, nice, system, idle, waiting for a disk, two kinds of interrupts, stolen; guests are in the first two. */
    private static final int KINDS = 8;
    /** In /proc/self/stat after the name: user, system, and those of ended children. */
    private static final int FIRST_OWN = 11;

    /** As of now; empty where the kernel does not tell. */
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
        String first = machine.lines().findFirst().orElse("");
        long[] ticks = numbers(first.substring(first.indexOf(' ')), 0, KINDS);
        long all = Arrays.stream(ticks).sum();
        // The name may have blanks and parentheses of its own.
        long[] own = numbers(self.substring(self.lastIndexOf(')') + 1), FIRST_OWN, FIRST_OWN + 4);
        return new Processors(
                all, all - ticks[IDLE] - ticks[WAITING], Arrays.stream(own).sum());
    }

    /** How many processors others have kept busy since, on average. */
    double others(Processors since, int cores) {
        long passed = all - since.all;
        long others = busy - since.busy - (own - since.own);
        return passed <= 0 ? 0 : Math.max(0, (double) others / passed * cores);
    }

    private static long[] numbers(String text, int from, int to) {
        return Arrays.stream(text.strip().split(" +"), from, to)
                .mapToLong(Long::parseLong)
                .toArray();
    }
}
