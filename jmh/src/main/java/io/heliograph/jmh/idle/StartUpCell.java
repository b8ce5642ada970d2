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

/** What a JVM takes that does nothing but start and end. */
final class StartUpCell extends IdleCell {
    /** What of it is asked. */
    enum Part {
        /** From the start to the first line of its main. */
        START("start-up"),
        /** The processor time of all its threads up to there. */
        PROCESSOR_TIME("start-up-cpu"),
        /** From when it is told to end to its end. */
        EXIT("exit");

        private final String question;

        Part(String question) {
            this.question = question;
        }
    }

    /** What native/bench/start_up.c says, behind what the app has. */
    private static final Pattern TIMES = Pattern.compile("wall_ns (\\d+) cpu_ns (\\d+) exit_ns (\\d+)");

    private final Part part;

    StartUpCell(Agents agent, Part part) {
        super(part.question, "ns", agent, part == Part.START);
        this.part = part;
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
            samples.add(Long.parseLong(times.group(1 + part.ordinal())));
        }
        return starts + " started, each ended with status 0"
                + (agent().isOurs() ? ", with our dispatcher in it" : ", without our dispatcher");
    }
}
