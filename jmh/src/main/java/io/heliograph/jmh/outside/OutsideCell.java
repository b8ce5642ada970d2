package io.heliograph.jmh.outside;

import io.heliograph.jmh.report.Measurement;
import io.heliograph.jmh.run.Cell;
import io.heliograph.jmh.run.Effort;
import io.heliograph.jmh.run.Workplace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One contender is signalled from outside, a signal at a time; in "outside-busy", beside a load. */
final class OutsideCell implements Cell {
    private static final String QUIET = "outside";
    private static final String BUSY = "outside-busy";

    /** A pause that lets whoever is signalled go to sleep again, see native/bench/outside_send.c. */
    private static final int GAP_MICROSECONDS = 100;

    private final Contender contender;
    private final Load.Kind load;

    OutsideCell(Contender contender, Load.Kind load) {
        this.contender = contender;
        this.load = load;
    }

    @Override
    public String question() {
        return load == Load.Kind.QUIET ? QUIET : BUSY;
    }

    @Override
    public String contender() {
        return contender.name();
    }

    @Override
    public List<Measurement> measure(Workplace workplace) throws IOException, InterruptedException {
        int warmUp = warmUp(workplace.effort());
        int measured = measured(workplace.effort()) / (load == Load.Kind.QUIET ? 1 : 2);
        int timed = warmUp + measured;
        try (TemporaryFolder folder = TemporaryFolder.inMemory()) {
            Path file = folder.path().resolve("exchange");
            Exchange exchange = Exchange.make(file, timed);
            String check = signal(workplace, file, timed);
            Latencies latencies = new Latencies();
            for (int i = warmUp; i < timed; i++) {
                latencies.add(exchange.latency(i));
            }
            return List.of(latencies.measurement(question(), contender.name(), Map.of(), "ns", check));
        }
    }

    private static int warmUp(Effort effort) {
        return effort.pick(100, 1_000, 1_000);
    }

    private static int measured(Effort effort) {
        return effort.pick(200, 4_000, 20_000);
    }

    /** Sends as many signals as the file has room for, with a pause between them; returns what was verified. */
    private String signal(Workplace workplace, Path file, int count) throws IOException, InterruptedException {
        try (Program receiver = Program.start(contender.command().of(file))) {
            long pid = number(words(receiver.line()), "ready");
            String said;
            try (Load any = Load.start(load)) {
                said = Program.run(List.of(
                        workplace.program("outside_send").toString(),
                        file.toString(),
                        Long.toString(pid),
                        contender.signal(),
                        Integer.toString(GAP_MICROSECONDS),
                        Integer.toString(count)));
            }
            long sent = number(words(said), "sent");
            return verify(contender, sent, words(receiver.end()));
        }
    }

    /** Each was acknowledged before the next was sent, so that none can have coalesced; the sender sees to that. */
    static String verify(Contender contender, long sent, Map<String, Long> said) {
        long handled = number(said, "handled");
        if (handled != sent) {
            throw new IllegalStateException(sent + " were sent and acknowledged, and " + handled + " handled");
        }
        StringBuilder check = new StringBuilder()
                .append(sent)
                .append(" sent, each when the last was acknowledged, ")
                .append(handled)
                .append(" handled");
        if (contender.counts()) {
            if (number(said, "arrived") != sent || number(said, "dispatched") != sent || number(said, "lost") != 0) {
                throw new IllegalStateException(sent + " were sent, and the ledger says " + said);
            }
            check.append(", 0 lost by the ledger");
        }
        return contender.note().isEmpty()
                ? check.toString()
                : check.append("; ").append(contender.note()).toString();
    }

    static long number(Map<String, Long> words, String word) {
        Long number = words.get(word);
        if (number == null) {
            throw new IllegalStateException("\"" + word + "\" was to be told, and there is only " + words);
        }
        return number;
    }

    /** "handled 5 lost 0": a word and its number, each. */
    static Map<String, Long> words(String line) {
        String[] parts = line.strip().split(" ", -1);
        Map<String, Long> words = new HashMap<>();
        for (int i = 0; i + 1 < parts.length; i += 2) {
            words.put(parts[i], Long.parseLong(parts[i + 1]));
        }
        return words;
    }
}
