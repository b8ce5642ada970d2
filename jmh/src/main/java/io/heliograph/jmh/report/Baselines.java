package io.heliograph.jmh.report;

import java.util.Map;
import java.util.Optional;

/** What a contender is compared with: mostly a program in C with the same hops, which shows what the machine allows. */
public final class Baselines {
    private static final Map<String, String> AGENTS =
            Map.of("none", "empty-agent", "heliograph-agent", "empty-agent", "heliograph-agentpath", "empty-agent");
    private static final Map<String, String> SLICES =
            Map.of("c-two-hops-short", "c-two-hops-usual", "heliograph-short", "heliograph-usual");
    private static final Map<String, Map<String, String>> BASELINES = Map.of(
            "raise-to-worker",
            Map.of("inline-blocking", "c-blocking", "inline-spinning", "c-spinning"),
            "burst",
            Map.of("inline-blocking", "c-blocking"),
            "interrupted-thread",
            Map.of("not-looking", "c-write-64", "looking", "c-write-64"),
            "outside",
            Map.of("heliograph", "c-two-hops-slice", "heliograph-spinning", "c-two-hops-spinning"),
            "outside-busy",
            Map.of("heliograph", "c-two-hops-slice"),
            "slice",
            SLICES,
            "slice-busy",
            SLICES,
            "start-up",
            AGENTS,
            "tool",
            AGENTS,
            "idle",
            AGENTS);

    private Baselines() {}

    /** Empty if the row is compared with none. */
    public static Optional<Row> of(Row row) {
        return Optional.ofNullable(
                        BASELINES.getOrDefault(row.question(), Map.of()).get(row.contender()))
                .map(row::of);
    }
}
