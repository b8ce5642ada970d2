package io.heliograph.jmh.report;

import io.heliograph.jmh.report.Figures.Row;

/** Which program in C has the same hops. */
final class Peers {
    private Peers() {}

    /** The contender that the row is compared with; empty where there is none. */
    static String floor(Row row) {
        String contender = row.contender();
        if (contender.startsWith("c-") || contender.equals("nothing")) {
            return "";
        }
        boolean spins = contender.contains("spinning");
        return switch (row.question()) {
            case "raise-to-worker", "burst" -> spins ? "c-spinning" : "c-blocking";
            case "interrupted-thread" -> spins ? "c-write-64-spinning" : "c-write-64";
            case "registering" -> "c-sigaction";
            case "outside" -> contender.equals("steered") ? "c-one-hop" : "c-two-hops";
            default -> "";
        };
    }
}
