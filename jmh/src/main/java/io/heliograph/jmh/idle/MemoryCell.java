package io.heliograph.jmh.idle;

import io.heliograph.jmh.outside.Latencies;
import io.heliograph.jmh.outside.Program;
import io.heliograph.jmh.run.Workplace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What of an app that has collected its garbage once is in memory: Rss of /proc/PID/smaps_rollup, see proc(5). */
final class MemoryCell extends IdleCell {
    MemoryCell(Agents agent) {
        super("memory", "KiB", agent, false);
    }

    @Override
    String collect(Workplace workplace, Path folder, Latencies samples) throws IOException, InterruptedException {
        int starts = workplace.effort().pick(1, 3, 9);
        List<String> command = agent().command(workplace, folder, FirstLine.class, "collect");
        long ownSum = 0;
        for (int i = 0; i < starts; i++) {
            try (Program app = Program.start(command)) {
                String first = app.line();
                if (!first.equals("ready")) {
                    throw new IOException(command + " was to say \"ready\", and said \"" + first + "\"");
                }
                String rollup = Files.readString(Path.of("/proc", Long.toString(app.pid()), "smaps_rollup"));
                samples.add(kib(rollup, "Rss:"));
                ownSum += kib(rollup, "Pss:");
                agent().verify(app.end());
            }
        }
        return starts + " started and collected, " + ownSum / starts + " KiB of them its own share on average (Pss)"
                + (agent().isOurs() ? ", with our dispatcher in it" : ", without our dispatcher");
    }

    static long kib(String rollup, String row) {
        return rollup.lines()
                .filter(line -> line.startsWith(row))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no row " + row + " in smaps_rollup: " + rollup));
    }
}
