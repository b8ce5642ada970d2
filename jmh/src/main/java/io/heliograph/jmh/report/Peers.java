package io.heliograph.jmh.report;

import io.heliograph.jmh.report.Figures.Row;

/** Which program in C has the same hops. */
final class Peers {
    private Peers() {}

    /** The contender that the row is compared with; empty where there is none. */
    static String floor(Row row) {
        String contender = row.contender();
        return switch (row.question()) {
            case "raise-to-worker", "burst" -> ofInline(contender, "c-blocking", "c-spinning");
            case "interrupted-thread" -> ofInline(contender, "c-write-64", "c-write-64-spinning");
            case "in-turn" -> ofInline(contender, "bare-handler", "");
            case "registering" -> ofRegistering(contender);
            case "outside", "outside-busy" -> ofOutside(contender);
            case "interrupted-from-outside" -> contender.equals("not-looking") ? "c-write-64" : "";
            default -> "";
        };
    }

    /** The others hand on to a further thread, and sun.misc's handler writes to no pipe. */
    private static String ofInline(String contender, String blocking, String spinning) {
        if (!contender.startsWith("inline-")) {
            return "";
        }
        return contender.startsWith("inline-spinning") ? spinning : blocking;
    }

    /** Where no thread is started besides. */
    private static String ofRegistering(String contender) {
        return contender.equals("sun.misc") || contender.startsWith("inline-") ? "c-sigaction" : "";
    }

    private static String ofOutside(String contender) {
        return switch (contender) {
            case "blocking" -> "c-two-hops-slice";
            case "blocking-no-slice" -> "c-two-hops";
            case "spinning" -> "c-two-hops-spinning";
            case "signal-blocked" -> "c-one-hop";
            default -> "";
        };
    }
}
