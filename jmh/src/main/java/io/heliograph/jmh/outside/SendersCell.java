package io.heliograph.jmh.outside;

import io.heliograph.jmh.report.Measurement;
import io.heliograph.jmh.run.Cell;
import io.heliograph.jmh.run.Effort;
import io.heliograph.jmh.run.LinesCell;
import io.heliograph.jmh.run.Workplace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A script sends signals by a program that ends at once: of how many is the sender known?
 *
 * @param way how the script sends: send.sh
 * @param command the command that is the sender
 */
record SendersCell(String way, String command, boolean isLooking, Load.Kind load) implements Cell {
    private static final String SCRIPT = "send.sh";

    /** What {@link SendersReceiver} says, and the unit of its row. */
    private static final List<String> KNOWN = List.of("command", "line", "script", "gone");

    @Override
    public String question() {
        return "senders";
    }

    @Override
    public String contender() {
        return isLooking ? way : way + "-not-looking";
    }

    @Override
    public Map<String, String> parameters() {
        return Map.of("load", load.label());
    }

    @Override
    public List<String> units() {
        return KNOWN.stream().map(known -> "% " + known).toList();
    }

    @Override
    public int rounds(Effort effort) {
        return effort == Effort.FULL ? effort.rounds() : 1;
    }

    @Override
    public List<Measurement> measure(Workplace workplace) throws IOException, InterruptedException {
        int count = workplace.effort().pick(5, 200, 200);
        try (TemporaryFolder folder = TemporaryFolder.make()) {
            Path script = Outside.unpack(SCRIPT, folder.path().resolve(SCRIPT));
            Map<String, Long> said = send(workplace, script, count);
            long arrived = OutsideCell.number(said, "arrived");
            if (arrived == 0 || arrived > count) {
                throw new IllegalStateException(count + " were sent, and " + arrived + " arrived");
            }
            String check = count + " sent, " + arrived + " arrived";
            return KNOWN.stream()
                    .map(known -> Measurement.single(
                            question(),
                            contender(),
                            parameters(),
                            "% " + known,
                            100.0 * OutsideCell.number(said, known) / count,
                            check))
                    .toList();
        }
    }

    private Map<String, Long> send(Workplace workplace, Path script, int count)
            throws IOException, InterruptedException {
        List<String> java = LinesCell.java(
                workplace, SendersReceiver.class, isLooking ? "looking" : "not-looking", command, script);
        try (Program receiver = Program.start(java);
                Load any = Load.start(load)) {
            long pid = OutsideCell.number(OutsideCell.words(receiver.line()), "ready");
            Program.run(List.of("bash", script.toString(), Long.toString(pid), Integer.toString(count), way));
            return OutsideCell.words(receiver.end());
        }
    }
}
