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
        for (Agents agent : Agents.values()) {
            cells.add(new ToolCell(agent));
        }
        for (Agents agent : List.of(Agents.EMPTY, Agents.HELIOGRAPH)) {
            cells.add(new ThroughputCell(agent));
            cells.add(new MemoryCell(agent));
        }
        return cells;
    }

    /** What native/bench/start_up.c prints: the command's own output, and its times. */
    private record Start(String output, long wallNanos, long exitNanos) {
        private static final Pattern TIMES = Pattern.compile("wall_ns (\\d+) exit_ns (\\d+)");

        static Start of(Workplace workplace, List<String> command) throws IOException, InterruptedException {
            List<String> timed = new ArrayList<>(List.of(workplace.program("start_up")));
            timed.addAll(command);
            String output = Program.run(timed);
            Matcher times = TIMES.matcher(output);
            if (!times.find()) {
                throw new IOException(timed + " has printed no times: " + output);
            }
            return new Start(
                    output.substring(0, times.start()).strip(),
                    Long.parseLong(times.group(1)),
                    Long.parseLong(times.group(2)));
        }
    }

    /** The time that an app takes to its first line. */
    private record StartUpCell(Agents agent) implements Cell {
        @Override
        public List<Row> rows() {
            return List.of(Row.ns("start-up", agent.contender()));
        }

        @Override
        public List<Measurement> measure(Workplace workplace) throws IOException, InterruptedException {
            int starts = workplace.effort().pick(1, 9, 15);
            List<String> command = agent.command(workplace, FirstLine.class);
            Samples samples = new Samples();
            String verified = "";
            for (int i = 0; i < starts; i++) {
                Start start = Start.of(workplace, command);
                verified = agent.verify(start.output);
                samples.add(start.wallNanos);
            }
            return List.of(
                    samples.measurement(rows().get(0), starts + " started, each ended with status 0" + verified));
        }
    }

    /** The time of a tool of the JDK that finds the agent in JAVA_TOOL_OPTIONS, from its start to its end. */
    private record ToolCell(Agents agent) implements Cell {
        /** What a JVM says on standard error of the options that it finds there. */
        private static final String PICKED_UP = "Picked up JAVA_TOOL_OPTIONS: ";

        @Override
        public List<Row> rows() {
            return List.of(Row.ns("tool", agent.contender()));
        }

        @Override
        public List<Measurement> measure(Workplace workplace) throws IOException, InterruptedException {
            int starts = workplace.effort().pick(1, 9, 15);
            String options = String.join(" ", agent.options(workplace));
            List<String> command = List.of(
                    "env", "JAVA_TOOL_OPTIONS=" + options, "sh", "-c", "exec \"$0\" -h 2>&1", Workplace.jdk("jcmd"));
            Samples samples = new Samples();
            for (int i = 0; i < starts; i++) {
                Start start = Start.of(workplace, command);
                if (!start.output.startsWith(PICKED_UP + options)) {
                    throw new IOException(command + " has not read its options: " + start.output);
                }
                samples.add(start.wallNanos + start.exitNanos);
            }
            return List.of(
                    samples.measurement(rows().get(0), starts + " started with the options, each ended with status 0"));
        }
    }

    /** The steps a second of {@link BusyApp}, in several JVMs: each is compiled a little differently. */
    private record ThroughputCell(Agents agent) implements Cell {
        @Override
        public List<Row> rows() {
            return List.of(new Row("idle", agent.contender(), Map.of(), "1/s"));
        }

        @Override
        public List<Measurement> measure(Workplace workplace) throws IOException, InterruptedException {
            int starts = workplace.effort().pick(1, 4, 8);
            int measured = workplace.effort().pick(2, 10, 30);
            List<String> command = agent.command(
                    workplace,
                    BusyApp.class,
                    Integer.toString(workplace.effort().pick(1, 10, 30)),
                    Integer.toString(measured));
            Samples rates = new Samples();
            String verified = "";
            for (int i = 0; i < starts; i++) {
                String output = Program.run(command);
                output.lines()
                        .filter(line -> line.startsWith("rate "))
                        .forEach(line -> rates.addRate(Long.parseLong(line.substring("rate ".length()))));
                verified = agent.verify(output);
            }
            if (rates.count() != (long) starts * measured) {
                throw new IOException(
                        "the busy app printed " + rates.count() + " rates instead of " + starts + " times " + measured);
            }
            return List.of(rates.measurement(rows().get(0), "each step is in the map and under the lock" + verified));
        }
    }

    /** The resident memory of an app after a garbage collection: Rss of /proc/PID/smaps_rollup, see proc(5). */
    private record MemoryCell(Agents agent) implements Cell {
        @Override
        public List<Row> rows() {
            return List.of(new Row("idle", agent.contender(), Map.of(), "KiB"));
        }

        @Override
        public List<Measurement> measure(Workplace workplace) throws IOException, InterruptedException {
            int starts = workplace.effort().pick(1, 5, 9);
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
