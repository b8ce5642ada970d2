package io.heliograph.jmh.outside;

import io.heliograph.Delivery;
import io.heliograph.Ledger;
import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.SignalWorker;
import io.heliograph.Signals;
import io.heliograph.jmh.report.Figures.Row;
import io.heliograph.jmh.report.Results;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Two threads that compute, in a JVM that receives a flood of signals. Its handler looks at the senders in every second window
 * of time: so both find the machine in the same state. Prints a measurement a line.
 *
 * <pre>
 *   Flood PROGRAM SENDERS WARM_UP_WINDOWS MEASURED_WINDOWS
 * </pre>
 */
public final class Flood {
    static final String QUESTION = "flood";

    private static final int SIGNALS_A_SECOND = 100_000;
    private static final int WINDOW_MILLIS = 100;

    private static final String NOT_LOOKING = "not-looking";
    private static final String LOOKING = "looking";

    private final List<Worker> workers = List.of(new Worker(), new Worker());
    private volatile boolean hasLooked;

    private Flood() {}

    /** Computes, and shares nothing. */
    private static final class Worker extends Thread {
        private static final int STEPS = 1_000;

        private volatile long made;
        /** So that it is computed. */
        private volatile int result;

        Worker() {
            setDaemon(true);
            start();
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // the only thread that writes it
        public void run() {
            while (true) {
                int state = result;
                for (int i = 0; i < STEPS; i++) {
                    state = state * 1103515245 + 12345;
                }
                result = state;
                made += STEPS;
            }
        }
    }

    static Map<String, String> parameters(int senders) {
        return Map.of("senders", Integer.toString(senders));
    }

    /** In the order in which they are printed. */
    static List<Row> rows(int senders) {
        return Stream.of(NOT_LOOKING, LOOKING)
                .map(contender -> new Row(QUESTION, contender, parameters(senders), "1/s"))
                .toList();
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        new Flood().run(args[0], Integer.parseInt(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3]));
    }

    private void run(String program, int senders, int warmUp, int measured) throws IOException, InterruptedException {
        Latencies notLooking = new Latencies();
        Latencies looking = new Latencies();
        // Keeps the signal caught while the other registrations change.
        Signals.on(Signal.USR1, event -> {}, Delivery.inline());
        for (int i = 0; i < warmUp; i++) {
            rate();
        }
        String sent;
        try (Program flood = Program.start(List.of(
                program,
                Long.toString(ProcessHandle.current().pid()),
                Integer.toString(SIGNALS_A_SECOND),
                Integer.toString(senders)))) {
            rate(this::look, Delivery.inline().withSender());
            rate(this::look, Delivery.inline().withSender());
            for (int i = 0; i < measured; i++) {
                notLooking.addRate(rate(event -> {}, Delivery.inline()));
                looking.addRate(rate(event -> {}, Delivery.inline().withSender()));
            }
            sent = flood.end();
        }
        rate(); // until the last is handled
        Ledger.Counts counts = Signals.ledger().of(Signal.USR1);
        if (!hasLooked || counts.arrived() != counts.dispatched() + counts.lost()) {
            throw new IllegalStateException("looked: " + hasLooked + ", and the ledger says " + counts);
        }
        String check = sent + ", " + counts.arrived() + " arrived, " + counts.lost() + " lost";
        print(notLooking, NOT_LOOKING, senders, check);
        print(looking, LOOKING, senders, check);
    }

    /** Before it is measured: asks until the handler has looked. */
    private void look(SignalEvent event) {
        if (!hasLooked && event instanceof SignalEvent.Sent sent) {
            hasLooked = SendersReceiver.isLookedAt(sent.sender());
        }
    }

    private long rate(SignalWorker worker, Delivery delivery) throws InterruptedException {
        try (Registration registration = Signals.on(Signal.USR1, worker, delivery)) {
            return rate();
        }
    }

    /** The steps a second in the next window of time. */
    private long rate() throws InterruptedException {
        long begin = System.nanoTime();
        long before = made();
        Thread.sleep(WINDOW_MILLIS);
        return (made() - before) * TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - begin);
    }

    private long made() {
        return workers.stream().mapToLong(worker -> worker.made).sum();
    }

    private static void print(Latencies rates, String contender, int senders, String check) throws IOException {
        System.out.println(Results.line(rates.measurement(QUESTION, contender, parameters(senders), "1/s", check)));
    }
}
