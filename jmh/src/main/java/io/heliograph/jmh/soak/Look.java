package io.heliograph.jmh.soak;

import io.heliograph.Ledger;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The process at one time, with no signal on its way.
 *
 * @param seconds since the soak began
 * @param raised by the soak's own threads
 * @param arrivedOfRaised how many of them the ledger has
 * @param descriptors what they are open for
 * @param threads their names
 * @param residentKib VmRSS of /proc/self/status
 * @param heapKib soon after a garbage collection
 */
record Look(
        double seconds,
        Ledger ledger,
        long raised,
        long arrivedOfRaised,
        List<String> descriptors,
        List<String> threads,
        long residentKib,
        long heapKib) {
    /**
     * Threads that the JDK keeps for a minute: those that waited for a process, and those of the common pool, which tell of
     * its end. Their number depends on chance.
     */
    private static final Pattern KEPT_BY_JDK = Pattern.compile("process.*|ForkJoi.*");

    static Look now(double seconds, Ledger ledger, long raised, long arrivedOfRaised) throws IOException {
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1024;
        List<String> threads = threadsNow();
        long resident = residentNow();
        // Last: the first file that the JDK reads opens a socket, which stays.
        return new Look(seconds, ledger, raised, arrivedOfRaised, descriptorsNow(), threads, resident, heap);
    }

    static List<String> descriptorsNow() throws IOException {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                try {
                    // Without the number of a pipe, which tells nothing.
                    String target =
                            Files.readSymbolicLink(descriptor).toString().replaceAll(":\\[\\d+]$", "");
                    if (!target.endsWith("/fd")) {
                        found.add(target);
                    }
                } catch (NoSuchFileException closed) {
                    // It was open for a moment.
                }
            }
        }
        return found;
    }

    /** Whether a process's folder is open, as it is while the library looks at a sender. */
    static boolean isAtASender() throws IOException {
        return descriptorsNow().stream().anyMatch(target -> target.startsWith("/proc/"));
    }

    static List<String> threadsNow() throws IOException {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path thread : threads) {
                try {
                    String name = Files.readString(thread.resolve("comm")).strip();
                    if (!KEPT_BY_JDK.matcher(name).matches()) {
                        found.add(name);
                    }
                } catch (IOException ended) {
                    // It was there for a moment.
                }
            }
        }
        return found;
    }

    private static long residentNow() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow(() -> new IOException("/proc/self/status has no VmRSS"));
    }

    long arrived() {
        return arrived(ledger);
    }

    static long arrived(Ledger ledger) {
        return ledger.counts().values().stream()
                .mapToLong(Ledger.Counts::arrived)
                .sum();
    }

    long lost() {
        return ledger.counts().values().stream().mapToLong(Ledger.Counts::lost).sum();
    }

    /** Whether each signal that arrived was dispatched or lost, and each that was raised arrived. */
    boolean isWhole() {
        return isWhole(ledger) && raised == arrivedOfRaised;
    }

    static boolean isWhole(Ledger ledger) {
        return ledger.counts().values().stream()
                .allMatch(counts -> counts.arrived() == counts.dispatched() + counts.lost());
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "%6.0f s: %,d signals, arrived %s dispatched + lost (%,d), %d descriptors, %d threads, %d MiB resident, %d MiB heap",
                seconds,
                arrived(),
                isWhole() ? "=" : "IS NOT",
                lost(),
                descriptors.size(),
                threads.size(),
                residentKib / 1024,
                heapKib / 1024);
    }
}
