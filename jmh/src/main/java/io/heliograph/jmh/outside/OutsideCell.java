package io.heliograph.jmh.outside;

import io.heliograph.jmh.cell.Cell;
import io.heliograph.jmh.cell.Effort;
import io.heliograph.jmh.cell.Workplace;
import io.heliograph.jmh.report.Measurement;
import io.heliograph.jmh.report.Row;
import io.heliograph.jmh.report.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** From another process's kill() to the worker. */
record OutsideCell(Receiver receiver, Load.Kind load) implements Cell {
    @Override
    public List<Row> rows() {
        return List.of(Row.ns(load.questionOf("outside"), receiver.contender()));
    }

    @Override
    public List<Measurement> measure(Workplace workplace) throws IOException, InterruptedException {
        Effort effort = workplace.effort();
        int warmUp = effort.pick(100, 1_000, 1_000);
        int signals = warmUp + effort.pick(200, 4_000, 20_000);
        Path file = workplace.scratch().resolve("exchange");
        Exchange exchange = Exchange.make(file, signals);
        String check = receiver.receive(workplace, file, signals, load, false);
        Samples samples = new Samples();
        for (int i = warmUp; i < signals; i++) {
            samples.add(exchange.latency(i));
        }
        return List.of(samples.measurement(rows().get(0), check));
    }
}
