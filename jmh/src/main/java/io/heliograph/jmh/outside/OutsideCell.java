package io.heliograph.jmh.outside;

import io.heliograph.jmh.cell.Cell;
import io.heliograph.jmh.cell.Counts;
import io.heliograph.jmh.cell.Effort;
import io.heliograph.jmh.cell.Program;
import io.heliograph.jmh.cell.Workplace;
import io.heliograph.jmh.report.Measurement;
import io.heliograph.jmh.report.Row;
import io.heliograph.jmh.report.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A contender that receives signals from outside, one at a time.
 *
 * @param signal USR1, USR2 or none
 * @param note said beside the figures; may be empty
 * @param hasLedger whether it prints a ledger, which must agree
 * @param command the receiver's command, with the file that it maps
 */
record OutsideCell(
        String contender,
        Load.Kind load,
        String signal,
        String note,
        boolean hasLedger,
        BiFunction<Workplace, Path, List<String>> command)
        implements Cell {
    /** In this time the receiver goes to sleep again, see native/bench/outside_send.c. */
    private static final int GAP_MICROSECONDS = 100;

    @Override
    public List<Row> rows() {
        return List.of(Row.ns(load == Load.Kind.QUIET ? "outside" : "outside-busy", contender));
    }

    OutsideCell besideLoad() {
        return new OutsideCell(contender, Load.Kind.BUSY, signal, note, hasLedger, command);
    }

    @Override
    public List<Measurement> measure(Workplace workplace) throws IOException, InterruptedException {
        Effort effort = workplace.effort();
        int warmUp = effort.pick(100, 1_000, 1_000);
        int signals = warmUp + effort.pick(200, 4_000, 20_000) / (load == Load.Kind.QUIET ? 1 : 2);
        Path file = workplace.scratch().resolve("exchange");
        Exchange exchange = Exchange.make(file, signals);
        String check = send(workplace, file, signals);
        Samples samples = new Samples();
        for (int i = warmUp; i < signals; i++) {
            samples.add(exchange.latency(i));
        }
        return List.of(samples.measurement(rows().get(0), check));
    }

    /** Sends the signals, and returns what was verified. */
    private String send(Workplace workplace, Path file, int count) throws IOException, InterruptedException {
        try (Program receiver = Program.start(command.apply(workplace, file))) {
            long pid = Counts.parse(receiver.line()).of("ready");
            String sender;
            try (Load any = Load.start(load)) {
                sender = Program.run(List.of(
                        workplace.program("outside_send"),
                        file.toString(),
                        Long.toString(pid),
                        signal,
                        Integer.toString(GAP_MICROSECONDS),
                        Integer.toString(count)));
            }
            return verify(Counts.parse(sender).of("sent"), Counts.parse(receiver.end()));
        }
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
