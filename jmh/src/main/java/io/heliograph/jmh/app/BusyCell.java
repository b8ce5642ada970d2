package io.heliograph.jmh.app;

import io.heliograph.jmh.cell.Cell;
import io.heliograph.jmh.cell.Program;
import io.heliograph.jmh.cell.Workplace;
import io.heliograph.jmh.report.Measurement;
import io.heliograph.jmh.report.Row;
import io.heliograph.jmh.report.Samples;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The steps a second of {@link BusyApp}. */
record BusyCell(Agents agent) implements Cell {
    @Override
    public List<Row> rows() {
        return List.of(new Row("busy", agent.contender(), Map.of(), "1/s"));
    }

    @Override
    public List<Measurement> measure(Workplace workplace) throws IOException, InterruptedException {
        int warmUp = workplace.effort().pick(1, 10, 30);
        int measured = workplace.effort().pick(2, 20, 100);
        String output = Program.run(
                agent.command(workplace, BusyApp.class, Integer.toString(warmUp), Integer.toString(measured)));
        Samples rates = new Samples();
        output.lines()
                .filter(line -> line.startsWith("rate "))
                .forEach(line -> rates.addRate(Long.parseLong(line.substring("rate ".length()))));
        if (rates.count() != measured) {
            throw new IOException("the busy app did not print " + measured + " rates: " + output);
        }
        return List.of(
                rates.measurement(rows().get(0), "each step is in the map and under the lock" + agent.verify(output)));
    }
}
