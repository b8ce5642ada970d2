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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The questions of an app with and without the agent. */
public final class Apps {
    private Apps() {}

    public static List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (Agents agent : Agents.values()) {
            cells.add(new StartUpCell(agent));
        }
        for (Agents agent : List.of(Agents.NONE, Agents.HELIOGRAPH)) {
            cells.add(new BusyCell(agent));
        }
        for (Agents agent : List.of(Agents.NONE, Agents.EMPTY, Agents.HELIOGRAPH)) {
            cells.add(new MemoryCell(agent));
        }
        return cells;
    }

    /** The questions of an app that receives 100,000 signals a second, from one process and from fifty. */
    public static List<Cell> floods() {
        return List.of(Flood.cell(1), Flood.cell(50));
    }

    /** The time and the processor time that an app takes to its first line. */
    private record StartUpCell(Agents agent) implements Cell {
        /** The output of native/bench/start_up.c, behind the app's own. */
        private static final Pattern TIMES = Pattern.compile("wall_ns (\\d+) cpu_ns (\\d+) exit_ns \\d+");

        @Override
        public List<Row> rows() {
            return List.of(Row.ns("start-up", agent.contender()), Row.ns("start-up-cpu", agent.contender()));
        }

        @Override
        public List<Measurement> measure(Workplace workplace) throws IOException, InterruptedException {
            int starts = workplace.effort().pick(1, 7, 15);
            List<String> command = new ArrayList<>(List.of(workplace.program("start_up")));
            command.addAll(agent.command(workplace, FirstLine.class));
            Samples wall = new Samples();
            Samples processor = new Samples();
            String verified = "";
            for (int i = 0; i < starts; i++) {
                String output = Program.run(command);
                Matcher times = TIMES.matcher(output);
                if (!times.find()) {
                    throw new IOException(command + " has printed no times: " + output);
                }
                verified = agent.verify(output.substring(0, times.start()).strip());
                wall.add(Long.parseLong(times.group(1)));
                processor.add(Long.parseLong(times.group(2)));
            }
            String check = starts + " started, each ended with status 0" + verified;
            return List.of(wall.measurement(rows().get(0), check), processor.measurement(rows().get(1), check));
        }
    }

    /** The steps a second of {@link BusyApp}. */
    private record BusyCell(Agents agent) implements Cell {
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
            return List.of(rates.measurement(
                    rows().get(0), "each step is in the map and under the lock" + agent.verify(output)));
        }
    }

    /** The resident memory of an app after a garbage collection: Rss of /proc/PID/smaps_rollup, see proc(5). */
    private record MemoryCell(Agents agent) implements Cell {
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
    }

    static long residentKib(String rollup) {
        return rollup.lines()
                .filter(line -> line.startsWith("Rss:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("smaps_rollup has no Rss: " + rollup));
    }
}
