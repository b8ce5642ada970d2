package io.heliograph.jmh.run;

import io.heliograph.jmh.outside.Program;
import io.heliograph.jmh.report.Figures.Row;
import io.heliograph.jmh.report.Measurement;
import io.heliograph.jmh.report.Results;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Contenders that one program measures in turn: it prints a measurement a line, in the order of the rows, and fails where the
 * work was not done.
 */
public record LinesCell(
        String question, Map<String, String> parameters, List<Row> rows, Function<Workplace, List<String>> command)
        implements Cell {
    @Override
    public String contender() {
        return "all";
    }

    /** How this JVM's classes are started: the program is the first argument. */
    public static List<String> java(Workplace workplace, Class<?> program, Object... arguments) {
        List<String> command = new ArrayList<>(List.of(
                workplace.java().toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                workplace.classPath(),
                program.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return command;
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
