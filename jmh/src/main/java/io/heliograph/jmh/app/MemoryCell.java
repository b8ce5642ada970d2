package io.heliograph.jmh.app;

import io.heliograph.jmh.cell.Cell;
import io.heliograph.jmh.cell.Program;
import io.heliograph.jmh.cell.Workplace;
import io.heliograph.jmh.report.Measurement;
import io.heliograph.jmh.report.Row;
import io.heliograph.jmh.report.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The resident memory of an app after a garbage collection: Rss of /proc/PID/smaps_rollup, see proc(5). */
record MemoryCell(Agents agent) implements Cell {
    @Override
    public List<Row> rows() {
        return List.of(new Row("memory", agent.contender(), Map.of(), "KiB"));
    }

    @Override
    public List<Measurement> measure(Workplace workplace) throws IOException, InterruptedException {
        int starts = workplace.effort().pick(1, 2, 3);
        List<String> command = agent.command(workplace, FirstLine.class, "collect");
        Samples samples = new Samples();
        String verified = "";
        for (int i = 0; i < starts; i++) {
            try (Program app = Program.start(command)) {
                app.line();
                Path rollup = Path.of("/proc", Long.toString(app.pid()), "smaps_rollup");
                samples.add(residentKib(Files.readString(rollup)));
                verified = agent.verify(app.end());
            }
        }
        return List.of(samples.measurement(rows().get(0), starts + " started" + verified));
    }

    static long residentKib(String rollup) {
        return rollup.lines()
                .filter(line -> line.startsWith("Rss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("smaps_rollup has no Rss: " + rollup));
    }
}
