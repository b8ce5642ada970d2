package io.heliograph.jmh.app;

import io.heliograph.jmh.cell.Cell;
import io.heliograph.jmh.cell.Program;
import io.heliograph.jmh.cell.Workplace;
import io.heliograph.jmh.report.Measurement;
import io.heliograph.jmh.report.Row;
import io.heliograph.jmh.report.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The time and the processor time that an app takes to its first line. */
record StartUpCell(Agents agent) implements Cell {
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
