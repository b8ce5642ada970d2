package io.heliograph.jmh.report;

import java.util.Map;
import java.util.Optional;

/** The programs in C that have the same hops as a contender: what this machine allows. */
public final class Floors {
    private static final Map<String, Map<String, String>> FLOORS = Map.of(
            "raise-to-worker",
            Map.of("inline-blocking", "c-blocking", "inline-spinning", "c-spinning"),
            "burst",
            Map.of("inline-blocking", "c-blocking", "inline-spinning", "c-spinning"),
            "interrupted-thread",
            Map.of("inline-blocking", "c-write-64", "inline-spinning", "c-write-64-spinning"),
            "outside",
            Map.of(
                    "blocking", "c-two-hops-slice",
                    "blocking-no-slice", "c-two-hops",
                    "spinning", "c-two-hops-spinning",
                    "signal-blocked", "c-one-hop"),
            "outside-busy",
            Map.of("blocking", "c-two-hops-slice", "blocking-no-slice", "c-two-hops"),
            "interrupted-from-outside",
            Map.of("not-looking", "c-write-64"));

    private Floors() {}

    /** The floor of a row; empty if no program has the same hops. */
    public static Optional<Row> of(Row row) {
        return Optional.ofNullable(FLOORS.getOrDefault(row.question(), Map.of()).get(row.contender()))
                .map(row::of);
    }
}
