package io.heliograph.jmh.idle;

import io.heliograph.jmh.outside.Latencies;
import io.heliograph.jmh.outside.TemporaryFolder;
import io.heliograph.jmh.report.Measurement;
import io.heliograph.jmh.run.Cell;
import io.heliograph.jmh.run.Effort;
import io.heliograph.jmh.run.Workplace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** An app is started with one of the agents, or with none, and no signal comes. */
abstract class IdleCell implements Cell {
    private final String question;
    private final String unit;
    private final Agents agent;
    private final boolean isCompared;

    /**
     * A question of one contender.
     *
     * @param isCompared whether something hangs on it, so that it is asked in each round
     */
    IdleCell(String question, String unit, Agents agent, boolean isCompared) {
        this.question = question;
        this.unit = unit;
        this.agent = agent;
        this.isCompared = isCompared;
    }

    @Override
    public final String question() {
        return question;
    }

    @Override
    public final String contender() {
        return agent.contender();
    }

    @Override
    public final List<String> units() {
        return List.of(unit);
    }

    @Override
    public final int rounds(Effort effort) {
        return isCompared || effort == Effort.FULL ? effort.rounds() : 1;
    }

    final Agents agent() {
        return agent;
    }

    @Override
    public final List<Measurement> measure(Workplace workplace) throws IOException, InterruptedException {
        try (TemporaryFolder folder = TemporaryFolder.make()) {
            Latencies samples = new Latencies();
            String check = collect(workplace, folder.path(), samples);
            return List.of(samples.measurement(question, contender(), Map.of(), unit, check));
        }
    }

    /**
     * Starts the app, as often as need be.
     *
     * @return what was verified
     */
    abstract String collect(Workplace workplace, Path folder, Latencies samples)
            throws IOException, InterruptedException;
}
