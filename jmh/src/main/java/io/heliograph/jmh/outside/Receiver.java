package io.heliograph.jmh.outside;

import io.heliograph.jmh.cell.Counts;
import io.heliograph.jmh.cell.Program;
import io.heliograph.jmh.cell.Workplace;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * A process that receives signals from outside, one at a time.
 *
 * @param signal USR1 or USR2
 * @param note said beside the figures; may be empty
 * @param hasLedger whether it prints a ledger, which must agree
 * @param command its command, with the file that it maps
 */
record Receiver(
        String contender,
        String signal,
        String note,
        boolean hasLedger,
        BiFunction<Workplace, Path, List<String>> command) {
    /** In this time the receiver goes to sleep again, see native/bench/outside_send.c. */
    private static final int GAP_MICROSECONDS = 100;

    /** The names of the thread that reads the pipe: the program's own in C, those of Java 17 and 25. */
    private static final Set<String> READERS = Set.of("outside_receive", "heliograph-disp", "heliogr..atcher");

    /**
     * Starts it, and sends it as many signals as the exchange has room for.
     *
     * @param switchesSlice whether the thread that reads has a short slice in every second block of signals
     * @return what was verified
     */
    String receive(Workplace workplace, Path exchange, int count, Load.Kind load, boolean switchesSlice)
            throws IOException, InterruptedException {
        try (Program receiver = Program.start(command.apply(workplace, exchange))) {
            long pid = Counts.parse(receiver.line()).of("ready");
            List<String> send = new ArrayList<>(List.of(
                    workplace.program("outside_send"),
                    exchange.toString(),
                    Long.toString(pid),
                    signal,
                    Integer.toString(GAP_MICROSECONDS),
                    Integer.toString(count)));
            if (switchesSlice) {
                send.add(readerOf(pid));
            }
            String sender;
            try (Load any = Load.start(workplace, load)) {
                sender = Program.run(send);
            }
            return verify(Counts.parse(sender).of("sent"), Counts.parse(receiver.end()));
        }
    }

    /** The thread that reads the pipe. In C, the one that starts it has the same name. */
    private static String readerOf(long pid) throws IOException {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path thread : threads) {
                String id = thread.getFileName().toString();
                String name = Files.readString(thread.resolve("comm")).strip();
                if (!id.equals(Long.toString(pid)) && READERS.contains(name)) {
                    found.add(id);
                }
            }
        }
        if (found.size() != 1) {
            throw new IllegalStateException("process " + pid + " has not one thread of " + READERS + ": " + found);
        }
        return found.get(0);
    }

    /** The sender waits for each acknowledgement, so that no two signals coalesce. */
    String verify(long sent, Counts receiver) {
        long handled = receiver.of("handled");
        if (handled != sent) {
            throw new IllegalStateException(sent + " were sent and acknowledged, and " + handled + " handled");
        }
        if (hasLedger
                && (receiver.of("arrived") != sent || receiver.of("dispatched") != sent || receiver.of("lost") != 0)) {
            throw new IllegalStateException(sent + " were sent, and the ledger says " + receiver.numbers());
        }
        return sent + " sent, each after the last acknowledgement, " + handled + " handled"
                + (hasLedger ? ", 0 lost by the ledger" : "")
                + (note.isEmpty() ? "" : "; " + note);
    }
}
