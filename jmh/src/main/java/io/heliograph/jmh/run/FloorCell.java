package io.heliograph.jmh.run;

import io.heliograph.jmh.report.Measurement;
import io.heliograph.jmh.report.Results;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One contender that is a program of native/bench. It fails where the work was not done.
 *
 * @param arguments before the two that say how much is to be done
 * @param warmUp how often before it is measured, in a normal run
 * @param measured how often it is measured, in a normal run
 * @param isBoundOnIt whether its question is asked in each round
 */
record FloorCell(
        String question,
        String contender,
        String program,
        List<String> arguments,
        int warmUp,
        int measured,
        boolean isBoundOnIt)
        implements Cell {
    private static final long MOST_SECONDS = 120;

    FloorCell(String question, String contender, String program, List<String> arguments, int warmUp, int measured) {
        this(question, contender, program, arguments, warmUp, measured, true);
    }

    /** See {@link JmhCell#once()}. */
    FloorCell once() {
        return new FloorCell(question, contender, program, arguments, warmUp, measured, false);
    }

    @Override
    public int rounds(Effort effort) {
        return isBoundOnIt || effort == Effort.FULL ? effort.rounds() : 1;
    }

    @Override
    public List<Measurement> measure(Workplace workplace) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(workplace.program(program).toString());
        command.addAll(arguments);
        Effort effort = workplace.effort();
        command.add(Integer.toString(Math.max(1, effort.pick(warmUp / 20, warmUp, 5 * warmUp))));
        command.add(Integer.toString(Math.max(1, effort.pick(measured / 20, measured, 5 * measured))));
        Measurement found = Results.measurement(run(command));
        if (!found.question().equals(question)
                || !found.contender().equals(contender)
                || !found.parameters().equals(Map.of())) {
            throw new IllegalStateException(
                    program + " measured " + found.question() + ", " + found.contender() + " instead");
        }
        return List.of(found);
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        try {
            process.onExit().orTimeout(MOST_SECONDS, TimeUnit.SECONDS).exceptionally(late -> process.destroyForcibly());
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            int status = process.waitFor();
            if (status != 0 || output.lines().count() != 1) {
                throw new IllegalStateException(program + " ended with status " + status + ": " + output);
            }
            return output;
        } finally {
            process.destroyForcibly();
        }
    }
}
