package io.heliograph.jmh.cell;

import io.heliograph.jmh.report.Measurement;
import io.heliograph.jmh.report.Results;
import io.heliograph.jmh.report.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A program that prints a line for each row. It fails if the work was not done. */
public record ProgramCell(List<Row> rows, Function<Workplace, List<String>> command) implements Cell {
    /**
     * A contender in C.
     *
     * @param program the program of native/bench
     * @param warmUp how often it repeats the work before it measures, in a normal run
     * @param measured how often it repeats the work then
     */
    public static Cell floor(String question, String contender, String program, int warmUp, int measured) {
        return new ProgramCell(List.of(Row.ns(question, contender)), workplace -> {
            Effort effort = workplace.effort();
            return List.of(
                    workplace.program(program),
                    contender,
                    Integer.toString(effort.pick(warmUp / 20, warmUp, 5 * warmUp)),
                    Integer.toString(effort.pick(measured / 20, measured, 5 * measured)));
        });
    }

    @Override
    public List<Measurement> measure(Workplace workplace) throws IOException, InterruptedException {
        List<Measurement> measurements = new ArrayList<>();
        for (String line : Program.run(command.apply(workplace)).lines().toList()) {
            measurements.add(Results.measurement(line));
        }
        return measurements;
    }
}
