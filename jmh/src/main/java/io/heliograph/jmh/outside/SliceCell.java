package io.heliograph.jmh.outside;

import io.heliograph.jmh.cell.Cell;
import io.heliograph.jmh.cell.Workplace;
import io.heliograph.jmh.report.Measurement;
import io.heliograph.jmh.report.Row;
import io.heliograph.jmh.report.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What the short scheduler slice gains: the sender switches it on and off for the same thread, in blocks of signals.
 * Two processes, one with and one without it, differ by more than the slice does.
 */
record SliceCell(Receiver receiver, Load.Kind load) implements Cell {
    /** As in native/bench/outside_send.c. */
    private static final int BLOCK = 200;

    /** The first signals of a block are for the change, the first blocks for the warm-up. */
    private static final int CHANGE = 10;

    private static final int WARM_UP_BLOCKS = 4;

    @Override
    public List<Row> rows() {
        Row row = Row.ns(load.questionOf("slice"), receiver.contender() + "-short");
        return List.of(row, row.of(receiver.contender() + "-usual"));
    }

    @Override
    public List<Measurement> measure(Workplace workplace) throws IOException, InterruptedException {
        int signals = BLOCK * (WARM_UP_BLOCKS + workplace.effort().pick(2, 40, 200));
        Path file = workplace.scratch().resolve("exchange");
        Exchange exchange = Exchange.make(file, signals);
        String check = receiver.receive(workplace, file, signals, load, true);
        Samples withShort = new Samples();
        Samples withUsual = new Samples();
        for (int i = WARM_UP_BLOCKS * BLOCK; i < signals; i++) {
            if (i % BLOCK >= CHANGE) {
                (i / BLOCK % 2 == 0 ? withShort : withUsual).add(exchange.latency(i));
            }
        }
        return List.of(withShort.measurement(rows().get(0), check), withUsual.measurement(rows().get(1), check));
    }
}
