package io.heliograph.jmh.run;

import io.heliograph.jmh.benchmarks.InTurn;
import io.heliograph.jmh.outside.Program;
import io.heliograph.jmh.report.Figures.Row;
import io.heliograph.jmh.report.Measurement;
import io.heliograph.jmh.report.Results;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Contenders that take turns in one JVM: {@link InTurn}, which fails where the work was not done. */
record InTurnCell() implements Cell {
    @Override
    public String question() {
        return InTurn.QUESTION;
    }

    @Override
    public String contender() {
        return "all";
    }

    @Override
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (String contender : InTurn.contenders()) {
            for (String until : List.of(InTurn.RETURN, InTurn.HANDLED)) {
                rows.add(new Row(question(), contender, Map.of(InTurn.UNTIL, until), "ns"));
            }
        }
        return rows;
    }

    @Override
    public List<Measurement> measure(Workplace workplace) throws IOException, InterruptedException {
        Effort effort = workplace.effort();
        String said = Program.run(List.of(
                workplace.java().toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                workplace.classPath(),
                InTurn.class.getName(),
                workplace.program("libbare_handler.so").toString(),
                Integer.toString(effort.pick(500, 20_000, 20_000)),
                Integer.toString(effort.pick(500, 20_000, 100_000))));
        List<Measurement> measurements = new ArrayList<>();
        for (String line : said.lines().toList()) {
            measurements.add(Results.measurement(line));
        }
        return measurements;
    }
}
