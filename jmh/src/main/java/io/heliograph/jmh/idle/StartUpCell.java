package io.heliograph.jmh.idle;

import io.heliograph.jmh.outside.Latencies;
import io.heliograph.jmh.outside.Program;
import io.heliograph.jmh.run.Workplace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From the start of a JVM to the first line of its main, on the clock or in processor time of all its threads. */
final class StartUpCell extends IdleCell {
    /** What native/bench/start_up.c says, behind what the app has. */
    private static final Pattern TIMES = Pattern.compile("wall_ns (\\d+) cpu_ns (\\d+)");

    private final boolean isProcessorTime;

    StartUpCell(Agents agent, boolean isProcessorTime) {
        super(isProcessorTime ? "start-up-cpu" : "start-up", "ns", agent, !isProcessorTime);
        this.isProcessorTime = isProcessorTime;
    }

    @Override
    String collect(Workplace workplace, Path folder, Latencies samples) throws IOException, InterruptedException {
        int starts = workplace.effort().pick(1, 7, 15);
        List<String> command = new ArrayList<>();
        command.add(workplace.program("start_up").toString());
        command.addAll(agent().command(workplace, folder, FirstLine.class));
        for (int i = 0; i < starts; i++) {
            String said = Program.run(command);
            Matcher times = TIMES.matcher(said);
            if (!times.find()) {
                throw new IOException(command + " has told no times, but " + said);
            }
            agent().verify(said.substring(0, times.start()).strip());
            samples.add(Long.parseLong(times.group(isProcessorTime ? 2 : 1)));
        }
        return starts + " started, each ended with status 0"
                + (agent().isOurs() ? ", with our dispatcher in it" : ", without our dispatcher");
    }
}
