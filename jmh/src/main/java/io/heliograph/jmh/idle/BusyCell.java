package io.heliograph.jmh.idle;

import io.heliograph.jmh.outside.Latencies;
import io.heliograph.jmh.outside.Program;
import io.heliograph.jmh.run.Workplace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The steps a second of {@link BusyApp}. */
final class BusyCell extends IdleCell {
    BusyCell(Agents agent) {
        super("busy", "1/s", agent, true);
    }

    @Override
    String collect(Workplace workplace, Path folder, Latencies samples) throws IOException, InterruptedException {
        int warmUp = workplace.effort().pick(1, 10, 30);
        int measured = workplace.effort().pick(2, 20, 100);
        String said = Program.run(agent().command(
                        workplace, folder, BusyApp.class, Integer.toString(warmUp), Integer.toString(measured)));
        List<String> lines = said.lines().toList();
        String steps = "";
        int rates = 0;
        for (String line : lines) {
            if (line.startsWith("rate ")) {
                samples.addRate(Long.parseLong(line.substring("rate ".length())));
                rates++;
            } else if (line.startsWith("steps ")) {
                steps = line.substring("steps ".length());
            }
        }
        if (rates != measured || steps.isEmpty()) {
            throw new IOException("the busy app was to tell of " + measured + " windows, and said " + said);
        }
        agent().verify(said);
        return steps + " steps, all in the map and under the lock"
                + (agent().isOurs() ? ", with our dispatcher in it" : ", without our dispatcher");
    }
}
