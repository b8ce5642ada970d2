package io.heliograph.jmh.outside;

import io.heliograph.jmh.cell.Cell;
import io.heliograph.jmh.cell.Counts;
import io.heliograph.jmh.cell.Program;
import io.heliograph.jmh.cell.Workplace;
import io.heliograph.jmh.report.Measurement;
import io.heliograph.jmh.report.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A script sends signals by a program that ends at once. The figures say how often the worker learns the sender.
 *
 * @param sender how the script sends, see send.sh
 * @param isLooking whether the handler looks at the sender
 */
record SendersCell(String sender, boolean isLooking, Load.Kind load) implements Cell {
    /** The numbers of {@link SendersReceiver}. */
    private static final List<String> KNOWN = List.of("command", "line", "script", "gone");

    @Override
    public List<Row> rows() {
        String contender = isLooking ? sender : sender + "-not-looking";
        return KNOWN.stream()
                .map(known -> new Row("senders", contender, Map.of("load", load.label()), "% " + known))
                .toList();
    }

    @Override
    public List<Measurement> measure(Workplace workplace) throws IOException, InterruptedException {
        int count = workplace.effort().pick(5, 70, 100);
        Counts counts = send(workplace.unpack(SendersCell.class, "send.sh"), count);
        long arrived = counts.of("arrived");
        // Signals that arrive while one is pending coalesce.
        if (arrived == 0 || arrived > count) {
            throw new IllegalStateException(count + " were sent, and " + arrived + " arrived");
        }
        String check = count + " sent, " + arrived + " arrived";
        return rows().stream()
                .map(row ->
                        Measurement.single(row, 100.0 * counts.of(row.unit().substring("% ".length())) / count, check))
                .toList();
    }

    private Counts send(Path script, int count) throws IOException, InterruptedException {
        String command = sender.equals("pkill") || sender.equals("bash") ? sender : "kill";
        List<String> java = Workplace.java(
                List.of(), SendersReceiver.class, isLooking ? "looking" : "not-looking", command, script);
        try (Program receiver = Program.start(java);
                Load any = Load.start(load)) {
            long pid = Counts.parse(receiver.line()).of("ready");
            Program.run(List.of("bash", script.toString(), Long.toString(pid), Integer.toString(count), sender));
            return Counts.parse(receiver.end());
        }
    }
}
